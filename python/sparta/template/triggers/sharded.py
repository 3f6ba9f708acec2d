"""Queues, streams and tables' streams: Lambda polls them with the function's own role.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sparta.template.policy import allow
from sparta.template.triggers.mapping import mapping, starting

if TYPE_CHECKING:
    from sparta.aws.queue import QueueMessages
    from sparta.aws.stream import StreamRecords
    from sparta.aws.table import TableChanges
    from sparta.template.triggers.consumer import Consumer
    from sparta.template.wiring import Wiring

_QUEUE = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")
_STREAM = (
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
)
_TABLE = ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
_LISTING = ("dynamodb:ListStreams",)
"""Lambda asks for it when the mapping is made, and it has no resource level."""
_QUEUE_BATCH = 10


def wire_queue(trigger: QueueMessages, consumer: Consumer) -> Wiring:
    """Return the mapping of a queue."""
    properties = {"BatchSize": _QUEUE_BATCH, "EventSourceArn": trigger.arn}
    return mapping(trigger, consumer, "SQSMapping", properties, (allow(_QUEUE, [trigger.arn]),))


def wire_stream(trigger: StreamRecords, consumer: Consumer) -> Wiring:
    """Return the mapping of a Kinesis stream."""
    properties = {"EventSourceArn": trigger.arn, **starting(trigger.options)}
    rights = (allow(_STREAM, [trigger.arn]),)
    return mapping(trigger, consumer, "KinesisMapping", properties, rights)


def wire_table(trigger: TableChanges, consumer: Consumer) -> Wiring:
    """Return the mapping of a table's stream, and the table's own switch."""
    properties = {"EventSourceArn": trigger.arn, **starting(trigger.options)}
    rights = (allow(_TABLE, [trigger.arn]), allow(_LISTING, ["*"]))
    wiring = mapping(trigger, consumer, "DynamoDBMapping", properties, rights)
    if isinstance(trigger.origin, str):
        return wiring
    settings = {"StreamSpecification": {"StreamViewType": trigger.view}}
    return replace(wiring, source_settings={trigger.origin.logical_id: settings})
