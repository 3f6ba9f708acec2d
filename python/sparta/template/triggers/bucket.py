"""What happens to a bucket's objects: S3 tells EventBridge, a rule picks, the function is invoked.

With `via="notification"` S3 invokes the function itself; see `template/notifications.py`.
No circular dependency is possible: the bucket knows nothing of the function.
Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sparta.template.intrinsics import ref
from sparta.template.permission import permission
from sparta.template.triggers.event_rule import rule_wiring
from sparta.template.wiring import Notification, Wiring

if TYPE_CHECKING:
    from sparta.aws.bucket import ObjectEvents
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer

_SWITCH = {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}}


def wire(trigger: ObjectEvents, consumer: Consumer) -> Wiring:
    """Return what leads from the bucket to the function."""
    if trigger.via == "notification":
        return _notified(trigger, consumer)
    return _by_rule(trigger, consumer)


def _notified(trigger: ObjectEvents, consumer: Consumer) -> Wiring:
    """Return the permission; S3 refuses a configuration that names a function without it."""
    permission_id = consumer.part_id("S3Permission", trigger.bucket.logical_id)
    allowed = permission(consumer.function_id, "s3.amazonaws.com", trigger.bucket.arn)
    # The ARN of a bucket names no account, and buckets change hands.
    allowed["Properties"]["SourceAccount"] = ref("AWS::AccountId")
    return Wiring(
        resources={permission_id: allowed},
        notifications=(Notification(trigger, consumer.function_id, permission_id),),
    )


def _by_rule(trigger: ObjectEvents, consumer: Consumer) -> Wiring:
    """Return a rule on the bucket's events, its permission, and the bucket's own switch."""
    bucket = trigger.bucket
    pattern = {
        "source": ["aws.s3"],
        "detail-type": list(trigger.names),
        "detail": {"bucket": {"name": [bucket.name]}, **_key_pattern(trigger)},
    }
    source = ("S3", bucket.logical_id)
    wiring = rule_wiring(source, {"EventPattern": pattern}, {}, consumer)
    return replace(
        wiring,
        notifications=(Notification(trigger, consumer.function_id, ""),),
        source_settings={bucket.logical_id: _SWITCH},
    )


def _key_pattern(trigger: ObjectEvents) -> Body:
    prefix, suffix = trigger.prefix, trigger.suffix
    if not prefix and not suffix:
        return {}
    if prefix and suffix:
        # Several patterns for one field mean "any of them"; a wildcard is the only "both".
        pattern = {"wildcard": f"{_literally(prefix)}*{_literally(suffix)}"}
    else:
        pattern = {"prefix": prefix} if prefix else {"suffix": suffix}
    return {"object": {"key": [pattern]}}


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")
