"""Before a stack is changed: wait until nothing works on it, clear away a creation that failed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sparta.deploy.following import delete_and_wait, wait_for
from sparta.deploy.stack_state import Step, next_step, stuck, why_it_failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack


def settle(
    stack_name: str, aws: Aws, report: Report, sleep: Callable[[float], None]
) -> tuple[Stack | None, bool]:
    """Return the stack to work on once it can be worked on.

    Args:
        stack_name: The service's name.
        aws: Where it is.
        report: Told what is waited for and what is deleted.
        sleep: Waits so many seconds.

    Returns:
        The stack to update, or None when one is to be created; and whether the name is free (it is
        not when somebody left a stack under review, which a new change set then adopts).

    Raises:
        StackStuckError: Only a human can bring the stack out of its state.
        DetachedError: The command was interrupted while it waited.
    """
    while True:
        stack = aws.stacks.find(stack_name)
        step = next_step(stack, aws)
        if stack is None or step is Step.CREATE:
            return None, stack is None
        if step is Step.UPDATE:
            return stack, False
        if step is Step.WAIT:
            wait_for(aws, stack, report, sleep)
        else:
            _clear(stack, aws, report, sleep)


def _clear(stack: Stack, aws: Aws, report: Report, sleep: Callable[[float], None]) -> None:
    """Delete a stack whose creation failed, and say why it had."""
    reason = why_it_failed(stack, aws)
    report("The last creation failed", Status=stack.status, Reason=reason)
    ended, _ = delete_and_wait(aws, stack, report, sleep, token=uuid.uuid4().hex)
    if ended is not None and ended.status != "DELETE_COMPLETE":
        raise stuck(ended, aws)
