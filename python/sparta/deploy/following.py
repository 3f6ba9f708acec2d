"""Operations that go on in AWS whether we look or not: followed to their end, or detached from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.deploy import events
from sparta.errors import DeployError, DetachedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack, StackEvent

IN_FLIGHT_S = 1.0
"""How long a request that was interrupted may take to reach AWS."""
_FIX = "`status` shows how far it is; `provision` and `delete` wait for it first"


def follow_to_end(
    aws: Aws,
    stack_id: str,
    mark: str,
    report: Report,
    sleep: Callable[[float], None],
    *,
    operation: str,
) -> tuple[Stack | None, list[StackEvent]]:
    """Follow the running operation, as `events.follow` does.

    Args:
        aws: Where the stack is.
        stack_id: Its id.
        mark: The id of the last event before the operation.
        report: Told each event of a resource.
        sleep: Waits so many seconds.
        operation: Such as "update".

    Raises:
        DetachedError: The user pressed Ctrl-C, or AWS no longer answers us (expired credentials).
    """
    try:
        return events.follow(aws, stack_id, mark, report, sleep)
    except KeyboardInterrupt:
        raise detached(stack_id, operation) from None
    except DeployError as error:
        why = error.problems[0]
        what = f"The {operation} goes on in AWS, but cannot be followed: {why.what}"
        raise DetachedError(what, where=stack_id, fix=why.fix or _FIX) from error


def detached(stack_id: str, operation: str) -> DetachedError:
    """Return the error for an operation that goes on without us."""
    return DetachedError(f"The {operation} goes on in AWS", where=stack_id, fix=_FIX)


def wait_for(
    aws: Aws, stack: Stack, report: Report, sleep: Callable[[float], None]
) -> tuple[Stack | None, list[StackEvent]]:
    """Follow the operation that is already running on `stack` to its end."""
    report("Waiting for the operation in progress", StackID=stack.stack_id, Status=stack.status)
    mark = events.before_operation(aws, stack.stack_id)
    operation = f"operation in progress ({stack.status})"
    return follow_to_end(aws, stack.stack_id, mark, report, sleep, operation=operation)


def delete_and_wait(
    aws: Aws,
    stack: Stack,
    report: Report,
    sleep: Callable[[float], None],
    *,
    token: str,
    retain: tuple[str, ...] = (),
) -> tuple[Stack | None, list[StackEvent]]:
    """Delete `stack` and follow the deletion to its end, by id: the name may be taken again."""
    mark = events.newest(aws, stack.stack_id)
    report("Deleting stack", StackID=stack.stack_id)
    try:
        aws.stacks.delete(stack.stack_id, token, retain)
    except KeyboardInterrupt:
        sleep(IN_FLIGHT_S)
        now = aws.stacks.find(stack.stack_id)
        if now is not None and now.status == stack.status:
            raise DeployError(f"Interrupted; the stack {stack.name} was not touched") from None
        raise detached(stack.stack_id, "deletion") from None
    return follow_to_end(aws, stack.stack_id, mark, report, sleep, operation="deletion")
