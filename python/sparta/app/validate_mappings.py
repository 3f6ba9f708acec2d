"""Checks polled triggers: their options by source, ARNs, filters, where failed records go.

Limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sparta.app.failure_destination import failure_service, is_fifo
from sparta.app.filter_patterns import pattern_problems
from sparta.app.text_forms import has_form
from sparta.app.validate_access import access_problems
from sparta.aws.queue import Queue, QueueMessages
from sparta.aws.stream import Stream, StreamRecords
from sparta.aws.table import Table, TableChanges
from sparta.errors import Problem
from sparta.runtime.annotation import annotations_of
from sparta.triggers import options
from sparta.triggers.broker import ActiveMQMessages, RabbitMQMessages
from sparta.triggers.change_stream import DocumentChanges
from sparta.triggers.kafka_topics import KafkaRecords, MskRecords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.model.polled_trigger import PolledTrigger

_OPTIONS: dict[type, Any] = {
    ActiveMQMessages: options.ActiveMQOptions,
    DocumentChanges: options.DocumentOptions,
    KafkaRecords: options.TopicOptions,
    MskRecords: options.TopicOptions,
    QueueMessages: options.QueueOptions,
    RabbitMQMessages: options.RabbitMQOptions,
    StreamRecords: options.StreamOptions,
    TableChanges: options.ChangeOptions,
}
POLLED = tuple(_OPTIONS)
_RESOURCES: dict[type, type] = {
    QueueMessages: Queue,
    StreamRecords: Stream,
    TableChanges: Table,
}
_REGION_AND_ACCOUNT = r"[\w-]+:\d{12}"
_ARNS: dict[type, tuple[str, str]] = {
    ActiveMQMessages: ("a broker", rf"arn:aws[\w-]*:mq:{_REGION_AND_ACCOUNT}:broker:.+"),
    DocumentChanges: ("a cluster", rf"arn:aws[\w-]*:rds:{_REGION_AND_ACCOUNT}:cluster:.+"),
    MskRecords: ("an MSK cluster", rf"arn:aws[\w-]*:kafka:{_REGION_AND_ACCOUNT}:cluster/[^/]+/.+"),
    QueueMessages: ("a queue", rf"arn:aws[\w-]*:sqs:{_REGION_AND_ACCOUNT}:[\w-]+(\.fifo)?"),
    RabbitMQMessages: ("a broker", rf"arn:aws[\w-]*:mq:{_REGION_AND_ACCOUNT}:broker:.+"),
    StreamRecords: ("a stream", rf"arn:aws[\w-]*:kinesis:{_REGION_AND_ACCOUNT}:stream/[\w.-]+"),
    TableChanges: (
        "a table's stream",
        rf"arn:aws[\w-]*:dynamodb:{_REGION_AND_ACCOUNT}:table/[\w.-]+/stream/.+",
    ),
}
_RANGES: dict[str, tuple[range, str]] = {
    "batch_size": (range(1, 10_000 + 1), "from 1 to 10000"),
    "max_age_s": (range(60, 604_800 + 1), "of seconds from 60 to 604800, or -1"),
    "max_concurrency": (range(2, 1_000 + 1), "from 2 to 1000"),
    "parallelization": (range(1, 10 + 1), "from 1 to 10"),
    "retries": (range(10_000 + 1), "from 0 to 10000, or -1"),
    "tumbling_window_s": (range(1, 900 + 1), "of seconds from 1 to 900"),
    "window_s": (range(300 + 1), "of seconds from 0 to 300"),
}
_ENDLESS = ("max_age_s", "retries")
"""Of these, -1 is without end."""
_SWITCHES = ("bisect_on_error", "enabled", "report_failures")
_STARTS = ("LATEST", "TRIM_HORIZON")
_VIEWS = ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")
_BATCH_WITHOUT_WINDOW = 10
"""Messages of a queue."""
_GROUP = r"[a-zA-Z0-9/*:_+=.@-]{1,200}"


def mapping_problems(trigger: PolledTrigger[Any]) -> Iterator[Problem]:
    """Yield what is wrong with one polled trigger."""
    for what, fix in _found(trigger):
        yield Problem(what, where=trigger.declared_at, fix=fix)
    if "where" in trigger.options:
        yield from pattern_problems(trigger.options["where"], trigger.declared_at)


def _found(trigger: PolledTrigger[Any]) -> Iterator[tuple[str, str]]:
    yield from _origin(trigger)
    known = _known(type(trigger))
    for name, value in trigger.options.items():
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1)
            fix = f"did you mean {close[0]}?" if close else f"it has {', '.join(sorted(known))}"
            yield f"{name}={value!r} is no option of this trigger", fix
        elif name in _RANGES:
            allowed, words = _RANGES[name]
            is_endless = name in _ENDLESS and value == -1
            if type(value) is not int or (value not in allowed and not is_endless):
                yield f"{name}={value!r} is out of range", f"use a whole number {words}"
        elif name in _SWITCHES and type(value) is not bool:
            yield f"{name}={value!r} is neither True nor False", "use one of them"
    yield from _start(trigger.options)
    if "on_failure" in trigger.options:
        yield from _target(trigger.options["on_failure"])
    if not has_form(trigger.options.get("consumer_group", "x"), _GROUP):
        yield "consumer_group= is no name of a consumer group", "use 1 to 200 letters and digits"
    if isinstance(trigger, QueueMessages):
        yield from _queue(trigger)
    if isinstance(trigger, TableChanges) and trigger.view not in (*_VIEWS, None):
        yield f"view={trigger.view!r} is not known", f"use one of {', '.join(_VIEWS)}"
    yield from access_problems(trigger)


def _known(kind: type) -> set[str]:
    """Return the names of the options that triggers of a class take."""
    return {name for base in _OPTIONS[kind].__mro__ for name in annotations_of(base)}


def _origin(trigger: PolledTrigger[Any]) -> Iterator[tuple[str, str]]:
    expected = _RESOURCES.get(type(trigger))
    if expected is not None and isinstance(trigger.origin, expected):
        return
    if type(trigger) in _ARNS:
        words, form = _ARNS[type(trigger)]
        if not has_form(trigger.origin, form):
            yield f"{trigger.origin!r} is not the ARN of {words}", "copy it from AWS's console"


def _start(given: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - what the user gave
    if "start" in given and given["start"] not in _STARTS:
        yield f"start={given['start']!r} is not known", f"use one of {', '.join(_STARTS)}"
    if "start_at" in given:
        moment = given["start_at"]
        if isinstance(moment, bool) or not isinstance(moment, (int, float)) or moment < 0:
            yield f"start_at={moment!r} is no time", "use seconds since 1970, as time.time() gives"
        if "start" in given:
            yield "start= and start_at= are both given", "leave out one of them"


def _target(target: object) -> Iterator[tuple[str, str]]:
    if not failure_service(target):
        what = f"on_failure={target!r} is not where failed records can go"
        yield what, "give a Queue, a Topic or a Bucket, or the ARN of one"
    elif is_fifo(target):
        yield f"on_failure={target!r} is a FIFO queue or topic", "give a standard one"


def _queue(trigger: QueueMessages) -> Iterator[tuple[str, str]]:
    batch_size = trigger.options.get("batch_size", _BATCH_WITHOUT_WINDOW)
    window_s = trigger.options.get("window_s", 0)
    queue = trigger.origin
    if queue.fifo if isinstance(queue, Queue) else str(queue).endswith(".fifo"):
        if window_s:
            yield f"window_s={window_s} of a FIFO queue", "leave it out, such queues do not wait"
        if isinstance(batch_size, int) and batch_size > _BATCH_WITHOUT_WINDOW:
            yield f"batch_size={batch_size} of a FIFO queue", "it gives at most 10"
    elif isinstance(batch_size, int) and batch_size > _BATCH_WITHOUT_WINDOW and not window_s:
        yield (
            f"batch_size={batch_size} needs a window",
            "add window_s=1 or more, or take at most 10",
        )
