"""Takes a stack's deletion policies away, so that its deletion keeps nothing.

CloudFormation has no switch for it: the template itself must no longer ask for it. A policy alone
is no change that CloudFormation carries out, hence the placeholder resource beside it:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from sparta.deploy.capabilities import capabilities_of
from sparta.deploy.plan import BUCKET_PARAMETER, Plan, template_uploads
from sparta.deploy.provision import provision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack

KEEPING = frozenset({"Retain", "RetainExceptOnCreate", "Snapshot"})
_PLACEHOLDER = "SpartaPurge"


def release(
    stack: Stack,
    template: Mapping[str, Any],
    aws: Aws,
    report: Report,
    sleep: Callable[[float], None],
) -> None:
    """Update `stack` so that none of its resources has a policy that keeps it.

    Args:
        stack: A stack that can be updated.
        template: The template it was made from.
        aws: Where it is.
        report: Told each thing that happens.
        sleep: Waits so many seconds.

    Raises:
        DeployError: The update is refused or fails; nothing has been deleted then.
    """
    document = released(template)
    body = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    uploads = template_uploads(stack.name, body)
    report("Removing deletion policies", StackID=stack.stack_id)
    plan = Plan(
        stack_name=stack.name,
        template=body,
        bucket=stack.parameters.get(BUCKET_PARAMETER, ""),
        uploads=uploads,
        template_key=uploads[0].key if uploads else "",
        parameters=stack.parameters,
        hidden=frozenset(stack.parameters),
        capabilities=capabilities_of(document),
        tags=stack.tags,
    )
    provision(plan, aws, report, sleep=sleep)


def released(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return `template` without policies that keep a resource, and with the placeholder."""
    resources = {
        name: {key: value for key, value in body.items() if not _keeps(key, value)}
        for name, body in template["Resources"].items()
    }
    resources[_PLACEHOLDER] = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
    return {**template, "Resources": resources}


def _keeps(key: str, value: object) -> bool:
    return key == "DeletionPolicy" and value in KEEPING
