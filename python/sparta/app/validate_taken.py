"""Checks that what takes one function only is not given to two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.aws.delivery_stream import RecordTransformation
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.triggers.listener import ListenerRequests
from sparta.triggers.user_pool import UserPoolEvents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function
    from sparta.model.trigger import Trigger


def taken_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    """Yield the triggers of which there may be one only, and is another one already."""
    known: dict[tuple[object, ...], Trigger[Any]] = {}
    for function in functions:
        for trigger in function.on:
            for place, what, fix in _places(trigger):
                first = known.setdefault(place, trigger)
                if first is not trigger:
                    told = f"{what} already, by {first.declared_at}"
                    yield Problem(told, where=trigger.declared_at, fix=fix)


def _places(trigger: Trigger[Any]) -> Iterator[tuple[tuple[object, ...], str, str]]:
    if isinstance(trigger, RecordTransformation):
        stream = getattr(trigger.origin, "logical_id", trigger.origin)
        what = f"the records of {stream} are transformed"
        yield ("stream", stream), what, "a delivery stream has one processor: do both in one"
    elif isinstance(trigger, ListenerRequests):
        taken = ("listener", *trigger.identity, trigger.priority)
        yield taken, f"priority {trigger.priority} of the listener is taken", "use another one"
    elif isinstance(trigger, UserPoolEvents) and isinstance(trigger.pool, Resource):
        pool, setting = trigger.identity
        what = f"the user pool {pool} has a function for {setting}"
        yield ("pool", pool, setting), what, "a pool has one for each kind: do both in one"
