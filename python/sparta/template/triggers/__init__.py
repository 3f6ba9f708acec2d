"""Event sources: one module per kind, chosen by the trigger's class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sparta.app.failure_reports import reports_failures
from sparta.app.gather import source_of
from sparta.app.settings import settings_of
from sparta.aws.bucket import ObjectCreated, ObjectEvents
from sparta.aws.delivery_stream import RecordTransformation
from sparta.aws.queue import QueueMessages
from sparta.aws.stream import StreamRecords
from sparta.aws.table import TableChanges
from sparta.aws.topic import TopicMessages
from sparta.errors import TemplateError
from sparta.template.triggers import (
    broker,
    bucket,
    compliance,
    device_messages,
    event_rule,
    kafka,
    listener,
    log_lines,
    permitted,
    receipt,
    repository,
    schedule,
    sharded,
    topic,
    transformation,
    user_pool,
)
from sparta.template.triggers.consumer import Consumer
from sparta.triggers.broker import ActiveMQMessages, RabbitMQMessages
from sparta.triggers.change_stream import DocumentChanges
from sparta.triggers.clock import Schedule
from sparta.triggers.compliance import ConfigEvaluations
from sparta.triggers.conversation import BotTurns
from sparta.triggers.device_messages import DeviceMessages
from sparta.triggers.event_rule import RuleMatches
from sparta.triggers.invoker import Invocations
from sparta.triggers.kafka_topics import KafkaRecords, MskRecords
from sparta.triggers.listener import ListenerRequests
from sparta.triggers.log_lines import LogLines
from sparta.triggers.receipt import ReceivedMail
from sparta.triggers.repository import RepositoryChanges
from sparta.triggers.skill import SkillRequests
from sparta.triggers.user_pool import UserPoolEvents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparta.app.function import Function
    from sparta.model.trigger import Trigger
    from sparta.template.wiring import Wiring

__all__ = ["wire_triggers"]

_WIRE: dict[type, Callable[[Any, Consumer], Wiring]] = {
    ActiveMQMessages: broker.wire_activemq,
    BotTurns: permitted.wire_lex,
    ConfigEvaluations: compliance.wire,
    DeviceMessages: device_messages.wire,
    DocumentChanges: broker.wire_documentdb,
    Invocations: permitted.wire_principal,
    KafkaRecords: kafka.wire_kafka,
    ListenerRequests: listener.wire,
    LogLines: log_lines.wire,
    MskRecords: kafka.wire_msk,
    ObjectCreated: bucket.wire,
    ObjectEvents: bucket.wire,
    QueueMessages: sharded.wire_queue,
    RabbitMQMessages: broker.wire_rabbitmq,
    ReceivedMail: receipt.wire,
    RecordTransformation: transformation.wire,
    RepositoryChanges: repository.wire,
    RuleMatches: event_rule.wire,
    Schedule: schedule.wire,
    SkillRequests: permitted.wire_alexa,
    StreamRecords: sharded.wire_stream,
    TableChanges: sharded.wire_table,
    TopicMessages: topic.wire,
    UserPoolEvents: user_pool.wire,
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
    seen: Counter[tuple[type, object]] = Counter()
    for trigger in function.on:
        wire = _WIRE.get(type(trigger))
        if wire is None:
            raise TemplateError(
                f"triggers of type {type(trigger).__name__} are not known",
                where=function.declared_at,
                fix=f"use one of {', '.join(sorted(known.__name__ for known in _WIRE))}",
            )
        # Only a second rule or schedule of the same source needs a number in its logical ids.
        kind = (type(trigger), getattr(trigger, "identity", id(source_of(trigger))))
        reports = reports_failures(function, trigger)
        consumer = Consumer(
            function.name,
            seen[kind],
            service,
            reports_failures=reports,
            alias=settings_of(function).published_alias or "",
        )
        yield trigger, wire(trigger, consumer)
        seen[kind] += 1
