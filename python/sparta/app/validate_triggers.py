"""Checks a function's handler beside its triggers: signature, event type, each trigger itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.validate_bucket_events import object_event_problems
from sparta.app.validate_compliance import compliance_problems
from sparta.app.validate_delivery_stream import transformation_problems
from sparta.app.validate_device_messages import device_problems
from sparta.app.validate_listener import listener_problems
from sparta.app.validate_log_lines import log_problems
from sparta.app.validate_mappings import POLLED, mapping_problems
from sparta.app.validate_permitted import bot_problems, principal_problems, skill_problems
from sparta.app.validate_receipt import receipt_problems
from sparta.app.validate_records import record_problems
from sparta.app.validate_rule import repository_problems, rule_problems
from sparta.app.validate_schedule import schedule_problems
from sparta.app.validate_topic import topic_problems
from sparta.app.validate_user_pool import user_pool_problems
from sparta.aws.bucket import ObjectCreated, ObjectEvents
from sparta.aws.delivery_stream import RecordTransformation
from sparta.aws.topic import TopicMessages
from sparta.errors import DeclarationError, Problem
from sparta.events.event import Event
from sparta.model.polled_trigger import PolledTrigger
from sparta.model.trigger import Trigger
from sparta.runtime.event_type import EventBySource
from sparta.runtime.handler import Handler, handler_of
from sparta.runtime.records import RecordBatches
from sparta.runtime.typed_event import TypedEvent
from sparta.triggers.clock import Schedule
from sparta.triggers.compliance import ConfigEvaluations
from sparta.triggers.conversation import BotTurns
from sparta.triggers.device_messages import DeviceMessages
from sparta.triggers.event_rule import RuleMatches
from sparta.triggers.invoker import Invocations
from sparta.triggers.listener import ListenerRequests
from sparta.triggers.log_lines import LogLines
from sparta.triggers.receipt import ReceivedMail
from sparta.triggers.repository import RepositoryChanges
from sparta.triggers.skill import SkillRequests
from sparta.triggers.user_pool import UserPoolEvents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sparta.app.function import Function

MAX_TRIGGERS = 4
_CHECKS: dict[type, Callable[[Any], Iterable[Problem]]] = {
    BotTurns: bot_problems,
    ConfigEvaluations: compliance_problems,
    DeviceMessages: device_problems,
    Invocations: principal_problems,
    ListenerRequests: listener_problems,
    LogLines: log_problems,
    ObjectCreated: object_event_problems,
    ObjectEvents: object_event_problems,
    ReceivedMail: receipt_problems,
    RecordTransformation: transformation_problems,
    RepositoryChanges: repository_problems,
    RuleMatches: rule_problems,
    **dict.fromkeys(POLLED, mapping_problems),
    Schedule: schedule_problems,
    SkillRequests: skill_problems,
    TopicMessages: topic_problems,
    UserPoolEvents: user_pool_problems,
}
"""By class of trigger: what is checked of it beside its handler."""


def trigger_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield what is wrong with a function's handler, its triggers, and the two together."""
    handler: Handler | None = None
    try:
        handler = handler_of(function)
    except DeclarationError as error:
        for problem in error.problems:
            where = problem.where or function.declared_at
            yield Problem(problem.what, where=where, fix=problem.fix)
    if len(function.on) > MAX_TRIGGERS:
        yield Problem(
            f"function {function.name!r} has {len(function.on)} triggers, at most four are allowed",
            where=function.declared_at,
            fix="declare a second function with the same handler",
        )
    for trigger in function.on:
        if not isinstance(trigger, Trigger):
            yield Problem(
                f"on={trigger!r} is not a trigger",
                where=function.declared_at,
                fix="use queue.messages(), sparta.schedule(), triggers.rule() or another of them",
            )
        elif handler is not None and not _accepts(handler, trigger):
            wanted = getattr(trigger.event_type, "__name__", "")
            yield Problem(
                f"handler {function.name!r} does not take the events of its trigger: they are "
                f"events.{wanted}",
                where=function.declared_at,
                fix=f"annotate its first argument with events.{wanted}, or dict[str, Any]",
            )
        check = _CHECKS.get(type(trigger))
        if check is not None:
            yield from check(trigger)
        if isinstance(trigger, PolledTrigger) and handler is not None:
            yield from record_problems(function, handler, trigger)


def _accepts(handler: Handler, trigger: Trigger[Any]) -> bool:
    if trigger.event_type is object:
        return True  # only the author knows what is sent
    if handler.is_request:
        return False
    wanted = handler.event_type
    if isinstance(wanted, RecordBatches):
        sources: object = getattr(trigger.event_type, "sources", ())
        return wanted.record_type.sources == sources
    classes = wanted.classes if isinstance(wanted, EventBySource) else (wanted,)
    if isinstance(wanted, TypedEvent):
        classes = (wanted.event_class,)
    typed = [cls for cls in classes if isinstance(cls, type) and issubclass(cls, Event)]
    return not typed or issubclass(trigger.event_type, tuple(typed))
