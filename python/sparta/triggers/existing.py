"""Queues, streams and tables' streams that exist already, given by ARN.

Those that the application declares say it themselves: `queue.messages()`, `stream.records()`,
`table.changes()`.
"""

from __future__ import annotations

from sparta.aws.queue import QueueMessages
from sparta.aws.stream import StreamRecords
from sparta.aws.table import TableChanges
from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Unpack

    from sparta.triggers.options import ChangeOptions, QueueOptions, StreamOptions


def queue(arn: str, **options: Unpack[QueueOptions]) -> QueueMessages:
    """Return the trigger that hands over the messages of an existing queue.

    Args:
        arn: The queue's ARN, text or a token.
        options: See `sparta.triggers.options.QueueOptions`.
    """
    return QueueMessages(arn, options, declared_at())


def kinesis(arn: str, **options: Unpack[StreamOptions]) -> StreamRecords:
    """Return the trigger that hands over the records of an existing Kinesis stream.

    Args:
        arn: The stream's ARN, text or a token.
        options: See `sparta.triggers.options.StreamOptions`.
    """
    return StreamRecords(arn, options, declared_at())


def dynamodb(stream_arn: str, **options: Unpack[ChangeOptions]) -> TableChanges:
    """Return the trigger that hands over the changes of an existing table.

    Args:
        stream_arn: The ARN of the table's stream, which ends in `/stream/` and a time.
        options: See `sparta.triggers.options.ChangeOptions`.
    """
    return TableChanges(stream_arn, options, declared_at(), None)
