"""The events of a stack: followed while an operation runs, read for what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.stack import Stack, StackEvent

_FIRST_PAUSE_S = 0.1
_PAUSES_S = ((30.0, 1.0), (300.0, 2.0))
"""Up to so many seconds of waiting, at most so many between two looks; 5 s after that."""
_SLOWEST_PAUSE_S = 5.0
_SECOND_START = ("Resource creation Initiated", "Requested update requires the creation")


def newest(aws: Aws, stack_id: str) -> str:
    """Return the id of the stack's newest event: the mark from which to follow what comes next."""
    return next((event.event_id for event in aws.stacks.events(stack_id)), "")


def before_operation(aws: Aws, stack_id: str) -> str:
    """Return the id of the last event before the operation that is now running."""
    started = False
    for event in aws.stacks.events(stack_id):
        if started:
            return event.event_id
        started = event.of_stack and event.reason == "User Initiated"
    return ""


def since(aws: Aws, stack_id: str, mark: str) -> list[StackEvent]:
    """Return the events after the one called `mark` (all, if it is empty), oldest first."""
    found: list[StackEvent] = []
    for event in aws.stacks.events(stack_id):
        if event.event_id == mark:
            break
        found.append(event)
    return found[::-1]


def follow(
    aws: Aws, stack_id: str, mark: str, report: Report, sleep: Callable[[float], None]
) -> tuple[Stack | None, list[StackEvent]]:
    """Follow the running operation to its end.

    Args:
        aws: Where the stack is.
        stack_id: Its id; a name would be lost when the stack is deleted.
        mark: The id of the last event before the operation.
        report: Told each event of a resource.
        sleep: Waits so many seconds.

    Returns:
        The stack as it is then (None if AWS no longer shows it), and the operation's events.
    """
    events: list[StackEvent] = []
    waits = pauses()
    while True:
        fresh = since(aws, stack_id, events[-1].event_id if events else mark)
        for event in fresh:
            _tell(event, report)
        events += fresh
        if _ended(events):
            stack = aws.stacks.find(stack_id)
            if stack is None or not stack.moving:
                return stack, events
        sleep(next(waits))


def pauses() -> Iterator[float]:
    """Yield how long to wait before each next look, in seconds: short at first, 5 s at last."""
    pause_s, waited_s = _FIRST_PAUSE_S, 0.0
    while True:
        yield pause_s
        waited_s += pause_s
        slowest_s = next((most for until, most in _PAUSES_S if waited_s < until), _SLOWEST_PAUSE_S)
        pause_s = min(pause_s * 2, slowest_s)


def root_cause(events: Iterable[StackEvent]) -> StackEvent | None:
    """Return the earliest failure that did not follow from another one; events oldest first."""
    return next((event for event in events if event.failed and not event.of_stack), None)


def _ended(events: Sequence[StackEvent]) -> bool:
    own = next((event for event in reversed(events) if event.of_stack), None)
    return own is not None and not own.status.endswith("_IN_PROGRESS")


def _tell(event: StackEvent, report: Report) -> None:
    if event.of_stack or event.reason.startswith(_SECOND_START):
        return
    fields = {"Resource": event.logical_id, "Type": event.resource_type}
    if event.failed:
        fields["Reason"] = event.reason
    report(f"    {event.status}", **fields)
