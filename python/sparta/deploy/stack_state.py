"""What can be done with a stack in the state it is in.

The states and what AWS allows in them:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sparta.deploy.events import root_cause
from sparta.errors import Problem, StackStuckError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.deploy.aws import Aws
    from sparta.deploy.stack import Stack

UPDATABLE = frozenset(
    {
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_ROLLBACK_COMPLETE",
        "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_COMPLETE",
    }
)
_NEVER_WORKED = frozenset({"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"})

_WAYS_OUT: Mapping[str, str] = {
    "UPDATE_ROLLBACK_FAILED": (
        "Remove what stops the rollback, then: aws cloudformation continue-update-rollback "
        "--stack-name {name}  (to leave a resource as it is, add --resources-to-skip <LogicalId>)"
    ),
    "UPDATE_FAILED": (
        "The update was made without rollback; go back by: "
        "aws cloudformation rollback-stack --stack-name {name}"
    ),
    "CREATE_FAILED": (
        "It was created without rollback, and what it made is still there; look at it, then run "
        "delete"
    ),
    "DELETE_FAILED": (
        "Remove what stops the deletion, then run delete again; to leave a resource behind, "
        "add --retain <LogicalId>"
    ),
}
_UNKNOWN_STATE = "Look at the stack in the CloudFormation console and bring it to a final state"


class Step(Enum):
    """What comes next for a stack."""

    CREATE = "there is nothing yet, or only an unreviewed change set"
    UPDATE = "it stands and can be changed"
    WAIT = "an operation is running; follow it, never send a second one"
    REPLACE = "its creation failed: it can only be deleted and made anew"


def next_step(stack: Stack | None, aws: Aws) -> Step:
    """Return what to do next with `stack` in order to provision it.

    Raises:
        StackStuckError: Only a human can bring it out of its state; says which resources failed,
            why, and what to do.
    """
    if stack is None or stack.status in ("REVIEW_IN_PROGRESS", "DELETE_COMPLETE"):
        return Step.CREATE
    if stack.moving:
        return Step.WAIT
    if stack.status in UPDATABLE:
        return Step.UPDATE
    if stack.status in _NEVER_WORKED and not _kept_for_inspection(stack, aws):
        return Step.REPLACE
    raise stuck(stack, aws)


def stuck(stack: Stack, aws: Aws, origins: Mapping[str, str] | None = None) -> StackStuckError:
    """Return the error for a stack that cannot be moved on: failed resources and the way out."""
    way_out = _WAYS_OUT.get(stack.status, _UNKNOWN_STATE).format(name=stack.name)
    what = f"The stack {stack.name} is in {stack.status}"
    if stack.reason:
        what += f": {stack.reason}"
    failed = [
        Problem(
            f"{found.logical_id} ({found.resource_type}) is in {found.status}: {found.reason}",
            where=(origins or {}).get(found.logical_id, ""),
        )
        for found in aws.stacks.resources(stack.stack_id)
        if found.status.endswith("_FAILED")
    ]
    return StackStuckError.of([*failed, Problem(what, where=stack.stack_id, fix=way_out)])


def _kept_for_inspection(stack: Stack, aws: Aws) -> bool:
    """Whether somebody asked for a failed creation to leave behind what it had made."""
    return stack.status == "CREATE_FAILED" and any(
        found.status == "CREATE_COMPLETE" for found in aws.stacks.resources(stack.stack_id)
    )


def why_it_failed(stack: Stack, aws: Aws) -> str:
    """Return why the last operation on `stack` failed, in AWS's words; empty if it does not say."""
    history = list(aws.stacks.events(stack.stack_id))[::-1]
    cause = root_cause(history)
    if cause is not None:
        return f"{cause.logical_id} ({cause.resource_type}): {cause.reason}"
    return stack.reason
