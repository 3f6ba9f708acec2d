"""SNS events: notifications of a topic.

https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from __future__ import annotations

from sparta.events.event import Event
from sparta.model.generic import D, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

    from sparta.events.event import Payload


class SnsRecord(Event, Generic[D]):
    """One notification of a topic."""

    __slots__ = ("_payload",)

    _payload: D

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the notification with its message decoded.

        Raises:
            EventError: The message is not JSON, or does not fit.
        """
        record = cls(raw)
        message = raw["Sns"]["Message"]
        object.__setattr__(record, "_payload", payload.of_text(message, "event.message"))
        return record

    @property
    def message(self) -> str:
        """The notification's text."""
        return str(self._sns["Message"])

    @property
    def payload(self) -> D:
        """The message decoded: a `D` in `events.Sns[D]`, otherwise whatever JSON it is."""
        try:
            return self._payload
        except AttributeError:
            import json

            value: D = json.loads(self.message)
            return value

    @property
    def subject(self) -> str | None:
        """The subject, where the publisher gave one."""
        subject: str | None = self._sns.get("Subject")
        return subject

    @property
    def message_id(self) -> str:
        """The notification's id."""
        return str(self._sns["MessageId"])

    @property
    def topic_arn(self) -> str:
        """The ARN of the topic."""
        return str(self._sns["TopicArn"])

    @property
    def timestamp(self) -> str:
        """When it was published, ISO 8601 in UTC."""
        return str(self._sns["Timestamp"])

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The message attributes, each with `Type` and `Value`."""
        return self._sns.get("MessageAttributes") or {}

    @property
    def _sns(self) -> dict[str, Any]:
        notification: dict[str, Any] = self.raw["Sns"]
        return notification


class Sns(Event, Generic[D]):
    """Notifications of a topic; SNS sends one per invocation.

    `Sns[Order]` decodes each message, which has to be JSON, to an `Order` first.
    """

    __slots__ = ("_records",)
    sources = ("aws:sns",)

    _records: list[SnsRecord[D]]

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event with its messages decoded.

        Raises:
            EventError: A message is not JSON, or does not fit.
        """
        event = cls(raw)
        records: list[SnsRecord[Any]] = [SnsRecord.typed(each, payload) for each in raw["Records"]]
        object.__setattr__(event, "_records", records)
        return event

    @property
    def records(self) -> list[SnsRecord[D]]:
        """The notifications."""
        try:
            return self._records
        except AttributeError:
            return [SnsRecord(record) for record in self.raw["Records"]]
