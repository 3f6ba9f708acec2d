from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sparta.deploy import events
from sparta.deploy.stopwatch import Stopwatch
from sparta.deploy.summary import durations_of

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Heard, Script

    from sparta.deploy.aws import Aws


def test_only_what_came_after_the_mark_oldest_first(script: Script) -> None:
    script.events(*(script.event(number, "Orders", "X") for number in range(4)))
    found = events.since(script.aws, script.STACK_ID, "event-1")
    assert [event.event_id for event in found] == ["event-2", "event-3"]


def test_older_pages_are_asked_for_only_when_needed(script: Script) -> None:
    newest = {"StackEvents": [script.event(9, "Orders", "X")], "NextToken": "older"}
    script.answers("cloudformation.describe_stack_events", newest)
    assert events.newest(script.aws, script.STACK_ID) == "event-9"
    script.answers("cloudformation.describe_stack_events", newest)
    older = {"StackEvents": [script.event(8, "Orders", "X")]}
    asked = {"StackName": script.STACK_ID, "NextToken": "older"}
    script.answers("cloudformation.describe_stack_events", older, **asked)
    assert len(events.since(script.aws, script.STACK_ID, "event-7")) == 2


def test_operation_begins_where_the_user_initiated_it(script: Script) -> None:
    history = (
        script.event(1, "Shop", "CREATE_IN_PROGRESS", "User Initiated"),
        script.event(2, "Shop", "CREATE_COMPLETE"),
        script.event(3, "Shop", "UPDATE_IN_PROGRESS", "User Initiated"),
        script.event(4, "Orders", "UPDATE_IN_PROGRESS"),
    )
    script.events(*history)
    assert events.before_operation(script.aws, script.STACK_ID) == "event-2"
    script.events(*history[:1])
    assert events.before_operation(script.aws, script.STACK_ID) == ""


def test_failures_are_told_with_their_reason(script: Script, heard: Heard) -> None:
    script.events(
        script.event(1, "Orders", "CREATE_FAILED", "taken"),
        script.event(2, "Bill", "CREATE_FAILED", "Resource creation cancelled"),
        script.event(3, "Shop", "ROLLBACK_COMPLETE"),
    )
    script.stack("ROLLBACK_COMPLETE")
    _, seen = events.follow(script.aws, script.STACK_ID, "", heard, _never)
    cause = events.root_cause(seen)
    assert cause is not None
    assert cause.logical_id == "Orders"
    assert heard.lines[0][1]["Reason"] == "taken"
    assert "Reason" not in heard.lines[1][1]


def test_end_is_believed_only_when_the_stack_says_so_too(script: Script, heard: Heard) -> None:
    failed = script.event(1, "Shop", "UPDATE_FAILED")
    rolling = script.event(2, "Shop", "UPDATE_ROLLBACK_IN_PROGRESS")
    script.events(failed)
    script.stack("UPDATE_ROLLBACK_IN_PROGRESS")
    script.events(failed, rolling)
    script.events(failed, rolling, script.event(3, "Shop", "UPDATE_ROLLBACK_COMPLETE"))
    script.stack("UPDATE_ROLLBACK_COMPLETE")
    slept: list[float] = []
    stack, _ = events.follow(script.aws, script.STACK_ID, "", heard, slept.append)
    assert stack is not None
    assert stack.status == "UPDATE_ROLLBACK_COMPLETE"
    assert len(slept) == 2


def test_nothing_failed(aws: Aws) -> None:
    del aws
    assert events.root_cause([]) is None


def test_pauses_grow_with_what_was_waited() -> None:
    waits = list(islice(events.pauses(), 300))
    assert waits[:6] == [0.1, 0.2, 0.4, 0.8, 1.0, 1.0]
    assert max(waits[:30]) == 1.0
    assert 2.0 in waits
    assert waits[-1] == 5.0
    assert waits == sorted(waits)


def test_durations_longest_first_from_first_start_to_last_end(script: Script, heard: Heard) -> None:
    script.events(
        script.event(1, "Shop", "UPDATE_IN_PROGRESS"),
        script.event(2, "Orders", "UPDATE_IN_PROGRESS"),
        script.event(3, "Orders", "UPDATE_IN_PROGRESS", "Requested update requires ..."),
        script.event(4, "Bill", "UPDATE_IN_PROGRESS"),
        script.event(5, "Bill", "UPDATE_COMPLETE"),
        script.event(7, "Orders", "UPDATE_COMPLETE"),
        script.event(8, "Gone", "DELETE_COMPLETE"),
        script.event(9, "Shop", "UPDATE_COMPLETE"),
    )
    script.stack("UPDATE_COMPLETE")
    _, seen = events.follow(script.aws, script.STACK_ID, "", heard, _never)
    found = [(one.logical_id, one.seconds) for one in durations_of(seen)]
    assert found == [("Shop", 8.0), ("Orders", 5.0), ("Bill", 1.0)]


def test_stopwatch_adds_up_steps_in_their_order() -> None:
    seconds = iter([0.0, 1.0, 2.0, 5.0, 7.0, 8.0, 10.0, 20.0])
    watch = Stopwatch(lambda: next(seconds))
    for label in ("a", "b", "a"):
        with watch.step(label):
            pass
    assert watch.steps == (("a", 3.0), ("b", 2.0))
    assert watch.elapsed_s == 20.0


def _never(seconds: float) -> None:
    raise AssertionError(seconds)
