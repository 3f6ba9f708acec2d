"""SQS events: a batch of messages.

https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

from sparta.events.encoded import object_of_json, refuse
from sparta.events.event import Event
from sparta.events.record import UNREAD, Record
from sparta.model.generic import Generic, TextT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sparta.events.s3 import S3
    from sparta.events.sns import SnsRecord

_MESSAGE_BODY = "body"


class SqsRecord(Record, Generic[TextT]):
    """One message of a queue.

    `SqsRecord[Order]` as a handler's argument has the body decoded and checked; `SqsRecord` alone
    leaves it text.
    """

    __slots__ = ()
    sources = ("aws:sqs",)
    form = "text"

    if TYPE_CHECKING:

        def __init__(self, raw: dict[str, Any], content: TextT = ...) -> None: ...

    @property
    def body(self) -> TextT:
        """The message's body: its text, or what the handler's annotation says."""
        content: Any = self.text if self._content is UNREAD else self._content
        found: TextT = content
        return found

    @property
    def text(self) -> str:
        """The message's text, whatever `body` was decoded to."""
        return str(self.raw["body"])

    @property
    def message_id(self) -> str:
        """The message's id, which partial batch failures name."""
        return str(self.raw["messageId"])

    @property
    def item_identifier(self) -> str:
        """The message's id."""
        return str(self.raw.get("messageId", ""))

    @property
    def group(self) -> str | None:
        """The message group in a FIFO queue; None in any other queue."""
        is_fifo = str(self.raw.get("eventSourceARN", "")).endswith(".fifo")
        return self.attributes.get("MessageGroupId", "") if is_fifo else None

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

    @property
    def sns(self) -> SnsRecord:
        """The notification of a topic that this queue is subscribed to.

        Raises:
            EventError: The body is none; raw message delivery leaves the envelope out.
        """
        from sparta.events.sns import SnsRecord

        message = object_of_json(self.text, _MESSAGE_BODY)
        if message.get("Type") != "Notification" or "Message" not in message:
            refuse("expected an SNS notification", _MESSAGE_BODY)
        return SnsRecord({"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": message})

    @property
    def s3(self) -> S3:
        """The event of a bucket that notifies this queue, itself or by way of EventBridge.

        Raises:
            EventError: The body is none.
        """
        from sparta.events.s3 import S3

        event = object_of_json(self.text, _MESSAGE_BODY)
        if not S3.is_one(event):
            refuse("expected an S3 event", _MESSAGE_BODY)
        return S3(event)

    @property
    def event_bridge(self) -> Mapping[str, Any]:
        """The event that an EventBridge rule sent to this queue, with `source` and `detail`.

        Raises:
            EventError: The body is none.
        """
        event = object_of_json(self.text, _MESSAGE_BODY)
        if "detail-type" not in event or "source" not in event:
            refuse("expected an EventBridge event", _MESSAGE_BODY)
        return event


class Sqs(Event):
    """A batch of messages from a queue."""

    __slots__ = ()
    sources = ("aws:sqs",)

    @property
    def records(self) -> list[SqsRecord]:
        """The messages, oldest first as SQS delivered them."""
        return [SqsRecord(record) for record in self.raw["Records"]]
