"""Kinesis events: a batch of records of one shard.

https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64
from sparta.events.event import Event
from sparta.events.record import UNREAD, Record
from sparta.model.generic import BytesT, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class KinesisRecord(Record, Generic[BytesT]):
    """One record of a stream.

    `KinesisRecord[Order]` as a handler's argument has the data decoded and checked;
    `KinesisRecord` alone leaves it bytes.
    """

    __slots__ = ()
    sources = ("aws:kinesis",)
    form = "bytes"

    if TYPE_CHECKING:

        def __init__(self, raw: dict[str, Any], content: BytesT = ...) -> None: ...

    @property
    def payload(self) -> BytesT:
        """The record's data: its bytes, or what the handler's annotation says."""
        content: Any = self.content if self._content is UNREAD else self._content
        found: BytesT = content
        return found

    @property
    def content(self) -> bytes:
        """The record's bytes, whatever `payload` was decoded to."""
        return bytes_of_base64(self.raw["kinesis"]["data"], "payload")

    @property
    def partition_key(self) -> str:
        """What the producer chose the shard by."""
        return str(self.raw["kinesis"]["partitionKey"])

    @property
    def sequence_number(self) -> str:
        """The record's place in its shard, which partial batch failures name."""
        return str(self.raw["kinesis"]["sequenceNumber"])

    @property
    def item_identifier(self) -> str:
        """The sequence number."""
        return str(self.raw["kinesis"].get("sequenceNumber", ""))

    @property
    def arrived_at(self) -> float:
        """About when the stream took the record, in seconds since 1970."""
        return float(self.raw["kinesis"].get("approximateArrivalTimestamp", 0))

    @property
    def shard_id(self) -> str:
        """The shard it was read from."""
        return str(self.raw.get("eventID", "")).partition(":")[0]


class Kinesis(Event):
    """A batch of records of one shard."""

    __slots__ = ()
    sources = ("aws:kinesis",)

    @property
    def records(self) -> list[KinesisRecord]:
        """The records, in the order of the shard."""
        return [KinesisRecord(record) for record in self.raw["Records"]]

    @property
    def state(self) -> Mapping[str, Any]:
        """What the handler returned for the batch before, in a tumbling window."""
        return self.raw.get("state") or {}
