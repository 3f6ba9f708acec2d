"""`activemq` and `rabbitmq`: queues of brokers of Amazon MQ.

https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
"""

from __future__ import annotations

from sparta.events.mq import ActiveMQ, RabbitMQ
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import PolledTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Unpack

    from sparta.triggers.options import ActiveMQOptions, RabbitMQOptions


class ActiveMQMessages(PolledTrigger[ActiveMQ]):
    """Messages of a queue of an ActiveMQ broker, in batches."""

    __slots__ = ("queue", "secret")
    event_type = ActiveMQ

    def __init__(
        self, arn: str, options: Mapping[str, Any], declared_at: str, *, queue: str, secret: str
    ) -> None:
        super().__init__(arn, options, declared_at)
        self.queue = queue
        self.secret = secret

    @property
    def identity(self) -> tuple[str, ...]:
        """The broker and the queue."""
        return (*super().identity, self.queue)


class RabbitMQMessages(PolledTrigger[RabbitMQ]):
    """Messages of a queue of a RabbitMQ broker, in batches."""

    __slots__ = ("queue", "secret", "virtual_host")
    event_type = RabbitMQ

    def __init__(
        self,
        arn: str,
        options: Mapping[str, Any],
        declared_at: str,
        *,
        queue: str,
        secret: str,
        virtual_host: str,
    ) -> None:
        super().__init__(arn, options, declared_at)
        self.queue = queue
        self.secret = secret
        self.virtual_host = virtual_host

    @property
    def identity(self) -> tuple[str, ...]:
        """The broker, the virtual host and the queue."""
        return (*super().identity, self.virtual_host, self.queue)


def activemq(
    arn: str, *, queue: str, secret: str, **options: Unpack[ActiveMQOptions]
) -> ActiveMQMessages:
    """Return the trigger that hands over the messages of a queue of an ActiveMQ broker.

    Args:
        arn: The broker's ARN, text or a token.
        queue: The queue's name, 1 to 1,000 characters.
        secret: The ARN of the secret in Secrets Manager with the broker's `username`, `password`.
        options: See `sparta.triggers.options.ActiveMQOptions`.
    """
    return ActiveMQMessages(arn, options, declared_at(), queue=queue, secret=secret)


def rabbitmq(
    arn: str,
    *,
    queue: str,
    secret: str,
    virtual_host: str = "/",
    **options: Unpack[RabbitMQOptions],
) -> RabbitMQMessages:
    """Return the trigger that hands over the messages of a queue of a RabbitMQ broker.

    Args:
        arn: The broker's ARN, text or a token.
        queue: The queue's name, 1 to 1,000 characters.
        secret: The ARN of the secret in Secrets Manager with the broker's `username`, `password`.
        virtual_host: The virtual host that the queue is in.
        options: See `sparta.triggers.options.RabbitMQOptions`.
    """
    return RabbitMQMessages(
        arn, options, declared_at(), queue=queue, secret=secret, virtual_host=virtual_host
    )
