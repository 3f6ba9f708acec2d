"""Reactors: one call for `sparta.Function(handler, on=source.events(...))`.

Each takes the handler, what its events come from, and the options of `sparta.Function`. The
handler's event type is bound to the source, as it is by `on=`.
"""

from __future__ import annotations

from sparta.app.function import Function
from sparta.model.caller import declared_at
from sparta.triggers.clock import schedule
from sparta.triggers.event_rule import rule
from sparta.triggers.repository import codecommit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeVar, Unpack

    from sparta import events
    from sparta.app.options import FunctionOptions
    from sparta.aws.bucket import Bucket
    from sparta.aws.delivery_stream import DeliveryStream
    from sparta.aws.queue import Queue
    from sparta.aws.stream import Stream
    from sparta.aws.table import Table
    from sparta.aws.topic import Topic
    from sparta.cfn.resource import Resource
    from sparta.model.trigger import Trigger
    from sparta.triggers.event_rule import EventPattern

    AnyEvent = TypeVar("AnyEvent")
    Answer = TypeVar("Answer")
    Reactor = Callable[[AnyEvent], Answer] | Callable[[AnyEvent, Any], Answer]


def s3_reactor(
    reactor: Reactor[events.S3, Answer],
    bucket: Bucket,
    *,
    prefix: str = "",
    suffix: str = "",
    **options: Unpack[FunctionOptions],
) -> Function[events.S3, Answer]:
    """Return a function for objects created in a bucket.

    Args:
        reactor: The handler.
        bucket: The bucket.
        prefix: Only keys that start with it.
        suffix: Only keys that end with it.
        options: As of `sparta.Function`.
    """
    return _reacting(reactor, bucket.created(prefix=prefix, suffix=suffix), options)


def sns_reactor(
    reactor: Reactor[events.Sns, Answer], topic: Topic, **options: Unpack[FunctionOptions]
) -> Function[events.Sns, Answer]:
    """Return a function for notifications of a topic; the rest as of `sparta.Function`."""
    return _reacting(reactor, topic.messages(), options)


def sqs_reactor(
    reactor: Reactor[events.Sqs, Answer], queue: Queue, **options: Unpack[FunctionOptions]
) -> Function[events.Sqs, Answer]:
    """Return a function for messages of a queue; the rest as of `sparta.Function`."""
    return _reacting(reactor, queue.messages(), options)


def dynamodb_reactor(
    reactor: Reactor[events.DynamoDB, Answer], table: Table, **options: Unpack[FunctionOptions]
) -> Function[events.DynamoDB, Answer]:
    """Return a function for changes of a table; the rest as of `sparta.Function`."""
    return _reacting(reactor, table.changes(), options)


def kinesis_reactor(
    reactor: Reactor[events.Kinesis, Answer], stream: Stream, **options: Unpack[FunctionOptions]
) -> Function[events.Kinesis, Answer]:
    """Return a function for records of a stream; the rest as of `sparta.Function`."""
    return _reacting(reactor, stream.records(), options)


def firehose_reactor(
    reactor: Reactor[events.Firehose, Answer],
    stream: DeliveryStream,
    **options: Unpack[FunctionOptions],
) -> Function[events.Firehose, Answer]:
    """Return a function that transforms a delivery stream's records, batch by batch.

    A handler of one record is `sparta.function(on=stream.records())`.
    """
    return _reacting(reactor, stream.records(), options)


def eventbridge_reactor(
    reactor: Reactor[events.EventBridge, Answer],
    pattern: EventPattern,
    *,
    bus: Resource | str | None = None,
    **options: Unpack[FunctionOptions],
) -> Function[events.EventBridge, Answer]:
    """Return a function for events that match a pattern.

    Args:
        reactor: The handler.
        pattern: See `sparta.triggers.rule`.
        bus: The bus; the account's default bus where none is given.
        options: As of `sparta.Function`.
    """
    return _reacting(reactor, rule(pattern, bus=bus), options)


def scheduled_reactor(
    reactor: Reactor[events.Scheduled, Answer],
    expression: str,
    *,
    timezone: str = "UTC",
    **options: Unpack[FunctionOptions],
) -> Function[events.Scheduled, Answer]:
    """Return a function that the clock calls.

    Args:
        reactor: The handler.
        expression: See `sparta.schedule`.
        timezone: The zone it is meant in.
        options: As of `sparta.Function`.
    """
    return _reacting(reactor, schedule(expression, timezone=timezone), options)


def codecommit_reactor(
    reactor: Reactor[events.CodeCommit, Answer],
    repository: Resource | str,
    *,
    branches: Sequence[str] = (),
    **options: Unpack[FunctionOptions],
) -> Function[events.CodeCommit, Answer]:
    """Return a function for changes of a repository.

    Args:
        reactor: The handler.
        repository: See `sparta.triggers.codecommit`.
        branches: Only these; every branch and tag where none is given.
        options: As of `sparta.Function`.
    """
    return _reacting(reactor, codecommit(repository, branches=branches), options)


def _reacting(reactor: Any, trigger: Trigger[Any], options: Any) -> Function[Any, Any]:  # noqa: ANN401 - typed by each of the above
    place = declared_at(3)
    trigger.declared_at = place
    function: Function[Any, Any] = Function(reactor, on=trigger, **options)
    function.declared_at = place
    return function
