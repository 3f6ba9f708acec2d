"""Amazon MQ events: batches of messages of an ActiveMQ or RabbitMQ broker.

https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64, text_of_bytes
from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class _BrokerMessage(Event):
    """What messages of both kinds of broker have."""

    __slots__ = ()

    @property
    def content(self) -> bytes:
        """The message's bytes."""
        return bytes_of_base64(self.raw["data"], "content")

    @property
    def text(self) -> str:
        """The message's text, UTF-8."""
        return text_of_bytes(self.content, "content")

    @property
    def is_redelivered(self) -> bool:
        """Whether it was delivered before."""
        return bool(self.raw.get("redelivered"))


class ActiveMQMessage(_BrokerMessage):
    """One message of an ActiveMQ queue."""

    __slots__ = ()

    @property
    def message_id(self) -> str:
        """The message's id."""
        return str(self.raw["messageID"])

    @property
    def message_type(self) -> str:
        """`jms/text-message` or `jms/bytes-message`."""
        return str(self.raw["messageType"])

    @property
    def queue(self) -> str:
        """The queue's name."""
        return str(self.raw["destination"]["physicalName"])

    @property
    def timestamp_ms(self) -> int:
        """When it was sent, in ms since 1970."""
        return int(self.raw.get("timestamp", 0))

    @property
    def correlation_id(self) -> str | None:
        """What the sender relates it to."""
        found: str | None = self.raw.get("correlationId")
        return found

    @property
    def properties(self) -> Mapping[str, Any]:
        """The properties that the sender set."""
        return self.raw.get("properties") or {}


class ActiveMQ(Event):
    """A batch of messages of an ActiveMQ broker."""

    __slots__ = ()
    sources = ("aws:mq",)

    @property
    def messages(self) -> list[ActiveMQMessage]:
        """The messages."""
        return [ActiveMQMessage(message) for message in self.raw["messages"]]


class RabbitMQMessage(_BrokerMessage):
    """One message of a RabbitMQ queue."""

    __slots__ = ()

    @property
    def properties(self) -> Mapping[str, Any]:
        """The basic properties of AMQP, such as `contentType`, `correlationId`, `priority`."""
        return self.raw.get("basicProperties") or {}

    @property
    def headers(self) -> Mapping[str, Any]:
        """The headers; texts, which come as arrays of bytes, as `bytes`."""
        return {
            name: _header(value) for name, value in (self.properties.get("headers") or {}).items()
        }


class RabbitMQ(Event):
    """A batch of messages of a RabbitMQ broker."""

    __slots__ = ()
    sources = ("aws:rmq",)

    @property
    def queues(self) -> Mapping[str, list[RabbitMQMessage]]:
        """The messages by queue and virtual host: `jobs::/`."""
        batches = self.raw["rmqMessagesByQueue"]
        return {name: [RabbitMQMessage(each) for each in batches[name]] for name in batches}

    @property
    def messages(self) -> list[RabbitMQMessage]:
        """All messages, queue after queue."""
        return [message for messages in self.queues.values() for message in messages]


def _header(value: Any) -> Any:  # noqa: ANN401 - AMQP's types as JSON
    if isinstance(value, dict) and value.keys() == {"bytes"}:
        return bytes(number & 0xFF for number in value["bytes"])  # Java's bytes are signed
    return value
