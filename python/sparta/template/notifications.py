"""What buckets send by their own configuration: one custom resource for each bucket.

CloudFormation could set the configuration of a bucket of the stack, but only as a part of the
bucket: the bucket would wait for the function's permission, which waits for the bucket. It can't
set that of a bucket which exists. The custom resource waits for the permissions, since S3 asks for
them, and goes before they do. There is one for a bucket, because CloudFormation makes several at
the same time, and S3 has one configuration which is written as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.cfn.built_in import BUILT_IN_NAME
from sparta.iam.statement import Statement
from sparta.template.custom_resource import called, policy_id, provider_policy
from sparta.template.intrinsics import get_att
from sparta.template.logical_id import logical_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sparta.template.template import Body
    from sparta.template.wiring import Notification

_CONFIGURES = ("s3:GetBucketNotification", "s3:PutBucketNotification")
TYPE = "Custom::SpartaBucketNotification"


def notification_resources(
    wanted: Iterable[Notification], service: str
) -> Iterator[tuple[str, Body, str]]:
    """Yield logical id, body and origin of each bucket's custom resource, and of its policy.

    Args:
        wanted: What the functions want, in any order.
        service: The application's name.
    """
    for bucket, found in _configured(wanted).items():
        by_id = sorted(found, key=_place)
        notified = [each for each in by_id if each.permission_id]
        properties: Body = {
            **called(BUILT_IN_NAME),
            "Bucket": found[0].trigger.bucket.name,
            "Notifications": [_body(each) for each in notified],
        }
        if len(notified) < len(found):
            properties["EventBridge"] = True
        resource_id = logical_id("S3Notification", bucket)
        policy = policy_id(resource_id)
        before = sorted([policy, *(each.permission_id for each in notified)])
        first = found[0].trigger
        needed = Statement(_CONFIGURES, [str(first.bucket.arn)])
        yield policy, provider_policy(service, resource_id, [needed]), first.declared_at
        body: Body = {"Type": TYPE, "Properties": properties, "DependsOn": before}
        yield resource_id, body, first.declared_at


def left_to_buckets(settings: dict[str, Body], wanted: Iterable[Notification]) -> dict[str, Body]:
    """Return settings without the configuration of those buckets that a custom resource sets.

    What CloudFormation writes there would take the notifications away.
    """
    configured = _configured(wanted)
    return {
        logical_id: {
            name: value
            for name, value in body.items()
            if logical_id not in configured or name != "NotificationConfiguration"
        }
        for logical_id, body in settings.items()
    }


def _configured(wanted: Iterable[Notification]) -> dict[str, Sequence[Notification]]:
    """Return by bucket what it is to send, for the buckets that CloudFormation cannot set."""
    found: dict[str, list[Notification]] = {}
    for each in wanted:
        found.setdefault(each.trigger.bucket.logical_id, []).append(each)
    return {
        bucket: members
        for bucket, members in found.items()
        if any(each.permission_id or each.trigger.bucket.outside_stack for each in members)
    }


def _place(each: Notification) -> tuple[str, str, str]:
    return each.function_id, each.trigger.prefix, each.trigger.suffix


def _body(each: Notification) -> Body:
    filters = {"Prefix": each.trigger.prefix, "Suffix": each.trigger.suffix}
    given = {name: value for name, value in filters.items() if value}
    return {"Function": get_att(each.function_id), **given}
