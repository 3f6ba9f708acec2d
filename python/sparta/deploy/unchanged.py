"""Whether a stack already is what a plan asks for: then nothing is sent at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.stack import Stack

_SETTLED = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"})


def unchanged(stack: Stack, plan: Plan, aws: Aws) -> bool:
    """Return whether template, parameters and tags of `stack` are those of `plan`.

    After a rollback the answer is always no: only CloudFormation knows what it went back to.
    """
    return (
        stack.status in _SETTLED
        and stack.parameters == plan.parameters
        and stack.tags == plan.tags
        and _same_template(aws.stacks.template(stack.stack_id), plan.template)
    )


def _same_template(deployed: object, wanted: bytes) -> bool:
    if isinstance(deployed, str):  # YAML, or JSON that botocore left alone
        try:
            deployed = orjson.loads(deployed)
        except orjson.JSONDecodeError:
            return False
    return bool(orjson.loads(wanted) == deployed)
