"""SQS events: a batch of messages.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SqsRecord(Event):
    """One message of a queue."""

    __slots__ = ()

    @property
    def message_id(self) -> str:
        """The message's id, which partial batch failures name."""
        return str(self.raw["messageId"])

    @property
    def body(self) -> str:
        """The message's text."""
        return str(self.raw["body"])

    @property
    def receipt_handle(self) -> str:
        """What deletes or delays this delivery of the message."""
        return str(self.raw["receiptHandle"])

    @property
    def attributes(self) -> Mapping[str, str]:
        """What SQS says of the message, such as `ApproximateReceiveCount`."""
        return self.raw.get("attributes") or {}

    @property
    def message_attributes(self) -> Mapping[str, Any]:
        """What the sender says of the message, each with `dataType` and `stringValue`."""
        return self.raw.get("messageAttributes") or {}


class Sqs(Event):
    """A batch of messages from a queue."""

    __slots__ = ()
    sources = ("aws:sqs",)

    @property
    def records(self) -> list[SqsRecord]:
        """The messages, oldest first as SQS delivered them."""
        return [SqsRecord(record) for record in self.raw["Records"]]
