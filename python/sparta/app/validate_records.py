"""Checks handlers of one record, and of reported failures, beside what polls for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.failure_reports import reports_failures
from sparta.aws.table import TableChanges
from sparta.errors import Problem
from sparta.runtime.records import RecordBatches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function
    from sparta.model.polled_trigger import PolledTrigger
    from sparta.runtime.handler import Handler


def record_problems(
    function: Function[Any, Any], handler: Handler, trigger: PolledTrigger[Any]
) -> Iterator[Problem]:
    """Yield what a handler and the way its records come do not agree in."""
    takes_one = isinstance(handler.event_type, RecordBatches)
    if takes_one and not reports_failures(function, trigger):
        yield Problem(
            f"handler {function.name!r} takes one record, but report_failures is False",
            where=trigger.declared_at,
            fix="leave it out: without reports, failed records would count as done",
        )
    if takes_one and "tumbling_window_s" in trigger.options:
        yield Problem(
            f"handler {function.name!r} takes one record, but a tumbling window hands on a state",
            where=trigger.declared_at,
            fix=f"take the batch, events.{trigger.event_type.__name__}, and return the state",
        )


def view_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    """Yield the tables of which two triggers want different streams."""
    known: dict[int, TableChanges] = {}
    for function in functions:
        for trigger in function.on:
            if not isinstance(trigger, TableChanges) or isinstance(trigger.origin, str):
                continue
            first = known.setdefault(id(trigger.origin), trigger)
            if first.view != trigger.view:
                yield Problem(
                    f"table {trigger.origin.logical_id} is to have a stream of {trigger.view}, "
                    f"and one of {first.view} by {first.declared_at}",
                    where=trigger.declared_at,
                    fix="a table has one stream: give both the same view=",
                )
