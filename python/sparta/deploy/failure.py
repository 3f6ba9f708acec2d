"""What is said when a stack did not become what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.deploy.events import root_cause
from sparta.deploy.stack_state import stuck
from sparta.errors import DeployError, Problem, StackStuckError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.deploy.aws import Aws
    from sparta.deploy.plan import Plan
    from sparta.deploy.stack import Stack, StackEvent

_WHAT_IS_LEFT = {
    "ROLLBACK_COMPLETE": "Nothing was left of the new stack; the next provision clears it away",
    "UPDATE_ROLLBACK_COMPLETE": "Everything was put back as it was before",
}


def failure(plan: Plan, aws: Aws, stack: Stack | None, events: Sequence[StackEvent]) -> DeployError:
    """Return the error for a provision that failed; its last problem is the root cause.

    Args:
        plan: What should have been; it knows the user's file and line of each resource.
        aws: Where the stack is.
        stack: The stack as it is now; None if somebody deleted it meanwhile.
        events: The operation's, oldest first.
    """
    if stack is None:
        return DeployError(f"The stack {plan.stack_name} was deleted by somebody else meanwhile")
    cause = _cause(plan, stack, events)
    if stack.status in _WHAT_IS_LEFT:
        cause.fix = _WHAT_IS_LEFT[stack.status]
        return DeployError.of([cause])
    return StackStuckError.of([*stuck(stack, aws, plan.origins).problems, cause])


def _cause(plan: Plan, stack: Stack, events: Sequence[StackEvent]) -> Problem:
    event = root_cause(events)
    if event is None:
        return Problem(f"The stack {stack.name} ended in {stack.status}: {stack.reason}")
    return Problem(
        f"{event.logical_id} ({event.resource_type}) {event.status}: {event.reason}",
        where=plan.origins.get(event.logical_id, ""),
    )
