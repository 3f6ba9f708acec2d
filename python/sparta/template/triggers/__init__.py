"""Event sources: one module per kind, chosen by the trigger's class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sparta.app.gather import source_of
from sparta.aws.bucket import ObjectCreated, ObjectEvents
from sparta.aws.queue import QueueMessages
from sparta.aws.topic import TopicMessages
from sparta.errors import TemplateError
from sparta.template.triggers import (
    bucket,
    compliance,
    event_rule,
    queue,
    receipt,
    repository,
    schedule,
    topic,
)
from sparta.template.triggers.consumer import Consumer
from sparta.triggers.clock import Schedule
from sparta.triggers.compliance import ConfigEvaluations
from sparta.triggers.event_rule import RuleMatches
from sparta.triggers.receipt import ReceivedMail
from sparta.triggers.repository import RepositoryChanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparta.app.function import Function
    from sparta.model.trigger import Trigger
    from sparta.template.wiring import Wiring

__all__ = ["wire_triggers"]

_WIRE: dict[type, Callable[[Any, Consumer], Wiring]] = {
    ConfigEvaluations: compliance.wire,
    ObjectCreated: bucket.wire,
    ObjectEvents: bucket.wire,
    QueueMessages: queue.wire,
    ReceivedMail: receipt.wire,
    RepositoryChanges: repository.wire,
    RuleMatches: event_rule.wire,
    Schedule: schedule.wire,
    TopicMessages: topic.wire,
}


def wire_triggers(
    function: Function[Any, Any], service: str
) -> Iterator[tuple[Trigger[Any], Wiring]]:
    """Yield each of the function's triggers and what it adds.

    Args:
        function: The function.
        service: The application's name.

    Raises:
        TemplateError: A trigger of a class that has no module here.
    """
    seen: Counter[tuple[type, int]] = Counter()
    for trigger in function.on:
        wire = _WIRE.get(type(trigger))
        if wire is None:
            raise TemplateError(
                f"triggers of type {type(trigger).__name__} are not known",
                where=function.declared_at,
                fix=f"use one of {', '.join(sorted(known.__name__ for known in _WIRE))}",
            )
        # Only a second rule or schedule of the same source needs a number in its logical ids.
        kind = (type(trigger), id(source_of(trigger)))
        yield trigger, wire(trigger, Consumer(function.name, seen[kind], service))
        seen[kind] += 1
