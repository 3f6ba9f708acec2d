"""Change sets: created, waited for, shown, and taken back when they will not be carried out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.deploy.events import pauses
from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mypy_boto3_cloudformation.type_defs import (
        ChangeTypeDef,
        CreateChangeSetInputTypeDef,
        OperationEventTypeDef,
        ParameterTypeDef,
        ResourceChangeDetailTypeDef,
        ResourceChangeTypeDef,
    )

    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.stack import Stack

_NO_CHANGE = ("No updates are to be performed", "didn't contain changes")


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A prepared change.

    Args:
        change_set_id: Its ARN.
        stack_id: The stack it would change; for a new stack, an empty one under review.
        changes: What it would do to resources. There may be none although something changes,
            such as an output.
        empty: Whether there is nothing to do at all.
    """

    change_set_id: str
    stack_id: str
    changes: tuple[Change, ...] = ()
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What would happen to one resource.

    Args:
        action: `Add`, `Modify`, `Replace`, `May replace` (for the values of an edited property
            decide), `Remove`, or another of AWS's words.
        kept: Whether a policy keeps what is removed or replaced, or a snapshot of it.
    """

    action: str
    logical_id: str
    resource_type: str
    kept: bool = False


def prepare(
    plan: Plan, aws: Aws, stack: Stack | None, name: str, sleep: Callable[[float], None]
) -> ChangeSet:
    """Create a change set and wait until AWS has worked out what it would do.

    Args:
        plan: What the stack should become.
        aws: Where the stack is.
        stack: The stack to update; None to create one.
        name: The change set's name, from `new_name()`; whoever interrupts this has it for `forget`.
        sleep: Waits so many seconds.

    Raises:
        DeployError: AWS refuses the template; with one problem for each fault it names.
    """
    change_set_id, stack_id = aws.stacks.create_change_set(_request(plan, aws, stack, name))
    for pause_s in pauses():
        now = aws.stacks.change_set(change_set_id)
        if now["Status"] == "CREATE_COMPLETE":
            changes = map(_change, aws.stacks.changes(change_set_id))
            return ChangeSet(change_set_id, stack_id, tuple(changes))
        if now["Status"] == "FAILED":
            reason = now.get("StatusReason", "")
            if any(text in reason for text in _NO_CHANGE):
                return ChangeSet(change_set_id, stack_id, empty=True)
            raise DeployError.of(_refusals(plan, aws, change_set_id, reason))
        sleep(pause_s)
    raise AssertionError  # pragma: no cover - pauses() has no end


def new_name() -> str:
    """Return a name that no other change set has."""
    return f"sparta-{uuid.uuid4().hex}"


def forget(aws: Aws, stack_name: str, name: str, *, creating: bool) -> None:
    """Take back a change set that will not be carried out.

    Args:
        aws: Where it is.
        stack_name: Its stack.
        name: Its name; it need not exist.
        creating: Whether the stack was made for it, and is to go with it. Only a stack that is
            still under review is deleted: nothing has ever been created in it.
    """
    if creating:
        stack = aws.stacks.find(stack_name)
        if stack is not None and stack.status == "REVIEW_IN_PROGRESS":
            aws.stacks.delete(stack.stack_id, token=name)
    else:
        aws.stacks.delete_change_set(stack_name, name)


def _request(plan: Plan, aws: Aws, stack: Stack | None, name: str) -> CreateChangeSetInputTypeDef:
    request: CreateChangeSetInputTypeDef = {
        "StackName": stack.stack_id if stack else plan.stack_name,
        "ChangeSetName": name,
        "ChangeSetType": "UPDATE" if stack else "CREATE",
        "Parameters": _parameters(plan),
        "Capabilities": list(plan.capabilities),
        "Tags": _listed(plan.tags, "Key", "Value"),  # type: ignore[typeddict-item]
    }
    if plan.template_key:
        request["TemplateURL"] = aws.object_url(plan.bucket, plan.template_key)
    else:
        request["TemplateBody"] = plan.template.decode()
    return request


def _parameters(plan: Plan) -> list[ParameterTypeDef]:
    return [
        {"ParameterKey": name, "UsePreviousValue": True}
        if name in plan.hidden
        else {"ParameterKey": name, "ParameterValue": value}
        for name, value in sorted(plan.parameters.items())
    ]


def _listed(pairs: Mapping[str, str], key: str, value: str) -> list[dict[str, str]]:
    return [{key: name, value: pairs[name]} for name in sorted(pairs)]


def _change(found: ChangeTypeDef) -> Change:
    change = found.get("ResourceChange", {})
    return Change(
        action=_action(change),
        logical_id=change.get("LogicalResourceId", ""),
        resource_type=change.get("ResourceType", ""),
        kept=change.get("PolicyAction", "Delete").endswith(("Retain", "Snapshot")),
    )


def _action(change: ResourceChangeTypeDef) -> str:
    action = change.get("Action", "")
    if action == "Modify" and change.get("Replacement") == "True":
        return "Replace"
    if action == "Modify" and any(map(_may_replace, change.get("Details", []))):
        return "May replace"
    return action


def _may_replace(detail: ResourceChangeDetailTypeDef) -> bool:
    """Whether the author edited a property of which some changes replace the resource."""
    target = detail.get("Target", {})
    edited = detail.get("ChangeSource") == "DirectModification"
    return edited and target.get("RequiresRecreation") == "Conditionally"


def _refusals(plan: Plan, aws: Aws, change_set_id: str, reason: str) -> list[Problem]:
    """Return what is wrong with the template: each failed validation, or AWS's reason as it is."""
    try:
        found = aws.stacks.failed_validations(change_set_id)
    except DeployError:  # an older endpoint, or no permission for it: the reason still stands
        found = []
    refused = [_refusal(plan, event) for event in found if event.get("ValidationStatusReason")]
    return refused or [Problem(f"CloudFormation refuses the template: {reason}")]


def _refusal(plan: Plan, event: OperationEventTypeDef) -> Problem:
    logical_id = event.get("LogicalResourceId", "")
    place = event.get("ValidationPath") or logical_id
    return Problem(
        f"CloudFormation refuses {place}: {event.get('ValidationStatusReason', '')}",
        where=plan.origins.get(logical_id, ""),
    )
