"""`Stream`: a Kinesis data stream.

https://docs.aws.amazon.com/streams/latest/dev/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.events.kinesis import Kinesis, KinesisRecord
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import RecordTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, Unpack

    from sparta.iam.statement import Grant
    from sparta.triggers.options import StreamOptions

    StreamAction = Literal[
        "DescribeStream",
        "DescribeStreamSummary",
        "GetRecords",
        "GetShardIterator",
        "ListShards",
        "PutRecord",
        "PutRecords",
        "SubscribeToShard",
    ]


class StreamRecords(RecordTrigger[Kinesis, KinesisRecord["Any"]]):
    """Records of a stream, in batches."""

    __slots__ = ()
    event_type = Kinesis


class Stream(GrantingResource):
    """A Kinesis stream that scales by itself, encrypted with Kinesis's own key.

    Args:
        logical_id: Its name within the template.
        shards: How many shards it has, 1 or more; None lets it scale on demand.
        retention_hours: How long a record is kept, 24 to 8,760 hours.
        physical_name: The stream's own name; CloudFormation makes one where none is given.
        retain: Whether the stream, with what is in it, outlives its stack.
    """

    type = "AWS::Kinesis::Stream"
    attributes = ("Arn",)
    stateful = True
    service: ClassVar[str] = "kinesis"
    actions_on_itself: ClassVar[str] = (
        "DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards PutRecord "
        "PutRecords SubscribeToShard"
    )

    def __init__(
        self,
        logical_id: str,
        *,
        shards: int | None = None,
        retention_hours: int = 24,
        physical_name: str | None = None,
        retain: bool = True,
    ) -> None:
        super().__init__(
            logical_id,
            deletion_policy="RetainExceptOnCreate" if retain else "Delete",
            update_replace_policy="Retain" if retain else "Delete",
            _depth=3,
        )
        self.shards = shards
        self.retention_hours = retention_hours
        self.physical_name = physical_name

    @property
    def name(self) -> str:
        """The stream's name; a token before deployment."""
        return self.ref

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        properties: dict[str, Any] = {
            "RetentionPeriodHours": self.retention_hours,
            "StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
            "StreamModeDetails": {"StreamMode": "PROVISIONED" if self.shards else "ON_DEMAND"},
        }
        if self.shards:
            properties["ShardCount"] = self.shards
        if self.physical_name:
            properties["Name"] = self.physical_name
        return properties

    def grant(self, *actions: StreamAction) -> Grant:
        """Return the right to `actions` on this stream, for a function's `uses=`."""
        return self._grant(actions)

    def read(self) -> Grant:
        """Return the right to read all shards.

        DescribeStreamSummary, GetRecords, GetShardIterator and ListShards. A function with the
        stream as its trigger has what it needs without.
        """
        return self._grant(
            ("DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards")
        )

    def write(self) -> Grant:
        """Return the right to PutRecord and PutRecords."""
        return self._grant(("PutRecord", "PutRecords"))

    def records(self, **options: Unpack[StreamOptions]) -> StreamRecords:
        """Return the trigger that hands over batches of records.

        Args:
            options: See `sparta.triggers.options.StreamOptions`.
        """
        return StreamRecords(self, options, declared_at())
