"""SNS events: notifications of a topic.

https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class SnsRecord(Event):
    """One notification of a topic."""

    __slots__ = ()

    @property
    def message(self) -> str:
        """The notification's text."""
        return str(self._sns["Message"])

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
    def attributes(self) -> Mapping[str, Any]:
        """The message attributes, each with `Type` and `Value`."""
        return self._sns.get("MessageAttributes") or {}

    @property
    def _sns(self) -> dict[str, Any]:
        notification: dict[str, Any] = self.raw["Sns"]
        return notification


class Sns(Event):
    """Notifications of a topic; SNS sends one per invocation."""

    __slots__ = ()
    sources = ("aws:sns",)

    @property
    def records(self) -> list[SnsRecord]:
        """The notifications."""
        return [SnsRecord(record) for record in self.raw["Records"]]
