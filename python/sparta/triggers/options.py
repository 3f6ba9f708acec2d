"""The options of polled triggers, for type checkers, and for their names at provision.

Limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypedDict

    from sparta.aws.bucket import Bucket
    from sparta.aws.queue import Queue
    from sparta.aws.topic import Topic
    from sparta.cfn.resource import Resource
    from sparta.events.dynamodb import DynamoDB
    from sparta.events.kafka import Kafka
    from sparta.events.kinesis import Kinesis
    from sparta.events.mq import ActiveMQ, RabbitMQ
    from sparta.events.sqs import Sqs
    from sparta.triggers.filters import Condition

    Start = Literal["LATEST", "TRIM_HORIZON"]
    View = Literal["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"]
else:

    class TypedDict:
        """Stands in for `typing.TypedDict`: its subclasses are read, never made."""

        def __init_subclass__(cls, total=True):  # noqa: ANN001, ANN204 - as typing has it
            """Take the one keyword that there is."""


class PollingOptions(TypedDict, total=False):
    """What every source takes."""

    batch_size: int
    """Records per event at the most, 1 to 10,000. Default 10 for queues, 100 for others. For a
    queue, above 10 it needs a window; a FIFO queue gives 10 at the most."""
    window_s: int
    """How long to wait for a fuller batch, 0 to 300 s; not for FIFO queues."""
    enabled: bool
    """Whether the source is polled. Default True."""


class QueueOptions(PollingOptions, total=False):
    """Of a queue."""

    where: Condition[Sqs] | Sequence[Condition[Sqs]]
    """Only messages for which it holds, or one of them; the others are deleted unseen."""
    max_concurrency: int
    """Batches at a time at the most, 2 to 1,000."""
    report_failures: bool
    """Whether the handler answers with the failed messages. Default: where it takes one record,
    or is annotated to return `events.BatchFailures`."""


class ShardOptions(PollingOptions, total=False):
    """Of anything with shards: streams, and tables' streams."""

    start: Start
    """Where a new mapping begins: with what comes from then on, or with the oldest record there
    is. Default "LATEST"."""
    bisect_on_error: bool
    """Whether a failed batch is tried again as two halves."""
    max_age_s: int
    """Records older than this are given up: 60 to 604,800 s; -1, the default, is never."""
    retries: int
    """How often a failed batch is tried again, 0 to 10,000; -1, the default, is until its records
    are too old. Meanwhile its shard stands still."""
    parallelization: int
    """Batches of one shard at a time, 1 to 10."""
    tumbling_window_s: int
    """Length of the windows that a state is handed on in, 1 to 900 s."""
    on_failure: Queue | Topic | Bucket | Resource | str
    """Where the record of a batch goes that is given up: a standard queue, a topic or a bucket,
    or the ARN of one. The right to send is derived."""
    report_failures: bool
    """As for a queue."""


class StreamOptions(ShardOptions, total=False):
    """Of a Kinesis stream."""

    where: Condition[Kinesis] | Sequence[Condition[Kinesis]]
    """Only records for which it holds, or one of them."""
    start_at: float
    """The time to start from, in seconds since 1970, in place of `start`."""


class ChangeOptions(ShardOptions, total=False):
    """Of a table's stream."""

    where: Condition[DynamoDB] | Sequence[Condition[DynamoDB]]
    """Only changes for which it holds, or one of them."""


class TopicOptions(PollingOptions, total=False):
    """Of a Kafka topic."""

    where: Condition[Kafka] | Sequence[Condition[Kafka]]
    """Only records for which it holds, or one of them."""
    start: Start
    """As for a stream."""
    start_at: float
    """As for a stream."""
    consumer_group: str
    """The consumer group, 1 to 200 characters; Lambda makes one where none is given."""
    on_failure: Queue | Topic | Bucket | Resource | str
    """As for a stream."""


class ActiveMQOptions(PollingOptions, total=False):
    """Of an ActiveMQ queue."""

    where: Condition[ActiveMQ] | Sequence[Condition[ActiveMQ]]
    """Only messages for which it holds, or one of them."""


class RabbitMQOptions(PollingOptions, total=False):
    """Of a RabbitMQ queue."""

    where: Condition[RabbitMQ] | Sequence[Condition[RabbitMQ]]
    """Only messages for which it holds, or one of them."""


class DocumentOptions(PollingOptions, total=False):
    """Of a DocumentDB change stream."""

    start: Start
    """As for a stream."""
    start_at: float
    """As for a stream."""
