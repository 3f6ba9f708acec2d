"""Brokers of Amazon MQ and a DocumentDB cluster; for the golden template, never deployed."""

import sparta
from sparta import events, triggers
from sparta.triggers import filters

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf"


@sparta.function(
    on=triggers.activemq(
        "arn:aws:mq:us-east-1:123456789012:broker:old:b-0123",
        queue="orders",
        secret=SECRET,
        where=filters.payload("kind") == "order",
    )
)
def active(event: events.ActiveMQ) -> None:
    """Take messages."""


@sparta.function(
    on=triggers.rabbitmq(
        "arn:aws:mq:us-east-1:123456789012:broker:new:b-4567",
        queue="orders",
        secret=SECRET,
        virtual_host="shop",
        batch_size=10,
    )
)
def rabbit(event: events.RabbitMQ) -> None:
    """Take messages."""


@sparta.function(
    on=triggers.documentdb(
        "arn:aws:rds:us-east-1:123456789012:cluster:shop",
        database="shop",
        collection="orders",
        secret=SECRET,
        full_document=True,
        start="TRIM_HORIZON",
    )
)
def documents(event: events.DocumentDB) -> None:
    """Take changes."""


if __name__ == "__main__":
    sparta.main("Brokers", "Brokers", functions=[active, rabbit, documents])
