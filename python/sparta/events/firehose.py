"""Firehose events: records on their way to where they are kept, to be transformed, and the answer.

https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64
from sparta.events.event import Event
from sparta.events.record import UNREAD, Record
from sparta.model.generic import BytesT, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal

    Outcome = Literal["Ok", "Dropped", "ProcessingFailed"]

_DELIVERY = ("aws:firehose",)
"""No record says so itself: it tells Firehose's trigger and its records belong together."""


class FirehoseRecord(Record, Generic[BytesT]):
    """One record of a delivery stream.

    `FirehoseRecord[Order]` as a handler's argument has the data decoded and checked;
    `FirehoseRecord` alone leaves it bytes. What such a handler returns is the record's new data:
    bytes, text, or what is written as JSON with a line break after it; None drops the record.
    """

    __slots__ = ()
    sources = _DELIVERY
    form = "bytes"
    is_transformed = True

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
        return bytes_of_base64(self.raw["data"], "payload")

    @property
    def record_id(self) -> str:
        """What the answer names it by."""
        return str(self.raw["recordId"])

    @property
    def item_identifier(self) -> str:
        """The record's id."""
        return str(self.raw.get("recordId", ""))

    @property
    def arrived_at(self) -> float:
        """About when Firehose took the record, in seconds since 1970."""
        return float(self.raw.get("approximateArrivalTimestamp", 0)) / 1000

    @property
    def kinesis(self) -> Mapping[str, Any]:
        """Where it was in the Kinesis stream that Firehose reads; empty where it reads none."""
        return self.raw.get("kinesisRecordMetadata") or {}

    def transformed(
        self, content: bytes | str, *, partition_keys: Mapping[str, str] | None = None
    ) -> Transformed:
        """Return the answer that replaces the record's data.

        Args:
            content: The new data; text is sent as UTF-8.
            partition_keys: What a prefix such as `!{partitionKeyFromLambda:country}` names.
        """
        return Transformed(self.record_id, "Ok", content, partition_keys)

    def dropped(self) -> Transformed:
        """Return the answer that leaves the record out, on purpose."""
        return Transformed(self.record_id, "Dropped", self.raw["data"])

    def failed(self) -> Transformed:
        """Return the answer that has Firehose keep the record beside those that were delivered."""
        return Transformed(self.record_id, "ProcessingFailed", self.raw["data"])


class Transformed:
    """What became of one record.

    Args:
        record_id: The record's id.
        result: `Ok`, `Dropped`, or `ProcessingFailed`.
        content: The data: for `Ok` bytes or text, otherwise base64 as Firehose sent it.
        partition_keys: Names and values for dynamic partitioning.
    """

    __slots__ = ("content", "partition_keys", "record_id", "result")

    def __init__(
        self,
        record_id: str,
        result: Outcome,
        content: bytes | str,
        partition_keys: Mapping[str, str] | None = None,
    ) -> None:
        self.record_id = record_id
        self.result = result
        self.content = content
        self.partition_keys = partition_keys

    def _asdict(self) -> dict[str, Any]:
        content = self.content
        if self.result == "Ok":
            from binascii import b2a_base64

            plain = content.encode() if isinstance(content, str) else content
            content = b2a_base64(plain, newline=False).decode("ascii")
        answer: dict[str, Any] = {"recordId": self.record_id, "result": self.result}
        answer["data"] = content
        if self.partition_keys:
            answer["metadata"] = {"partitionKeys": dict(self.partition_keys)}
        return answer

    def __repr__(self) -> str:
        return f"<Transformed {self.record_id} {self.result}>"


class Firehose(Event):
    """A batch of records. The answer has to name each of them once."""

    __slots__ = ()
    sources = _DELIVERY

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event comes from a delivery stream, which it names."""
        return isinstance(raw, dict) and "deliveryStreamArn" in raw and "records" in raw

    @property
    def records(self) -> list[FirehoseRecord]:
        """The records, in their order."""
        return [FirehoseRecord(record) for record in self.raw["records"]]

    @property
    def invocation_id(self) -> str:
        """The same when Firehose tries again."""
        return str(self.raw["invocationId"])

    @property
    def delivery_stream_arn(self) -> str:
        """The delivery stream's ARN."""
        return str(self.raw["deliveryStreamArn"])

    @property
    def region(self) -> str:
        """The delivery stream's region."""
        return str(self.raw["region"])

    def answer(self, records: Iterable[Transformed]) -> dict[str, Any]:
        """Return the answer for the batch; records that it does not name are failed."""
        named = {one.record_id: one._asdict() for one in records}
        return {
            "records": [
                named.get(each.record_id) or each.failed()._asdict() for each in self.records
            ]
        }
