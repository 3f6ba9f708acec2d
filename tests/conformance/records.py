"""Handlers of one record, and of batches whose failures they report, for the vectors."""

# ruff: noqa: T201 - the vectors look for what is printed; annotations are evaluated
from __future__ import annotations

from typing import Any

import sparta
from sparta import events


class Order(sparta.Model):
    id: str
    qty: int = 1


def attempt(order: Order) -> None:
    """Say which order is handled, and fail for a quantity of 0."""
    print("handled", order.id)
    if order.qty == 0:
        raise ValueError(f"order {order.id} is empty")


def message(record: events.SqsRecord[Order]) -> str:
    attempt(record.body)
    return "which nobody reads"


async def message_later(record: events.SqsRecord[Order], context: sparta.Context) -> None:
    import asyncio

    await asyncio.sleep(0)
    attempt(record.body)
    print("of", context.aws_request_id[:8])


def text_message(record: events.SqsRecord) -> None:
    print("text", record.body, record.message_id)
    if record.body == "bad":
        raise KeyError(record.body)


def entry(record: events.KinesisRecord[Order]) -> None:
    attempt(record.payload)


def bytes_entry(record: events.KinesisRecord) -> None:
    print("bytes", list(record.payload), record.partition_key, record.shard_id)


def change(record: events.DynamoDBRecord[Order]) -> None:
    print(record.event_name, record.keys, record.old_image)
    if record.new_image is not None:
        attempt(record.new_image)


def failures(event: events.Sqs) -> events.BatchFailures:
    return events.BatchFailures(each for each in event.records if each.body == "bad")


def unwrapped(event: events.Sqs) -> list[Any]:
    """Return what is wrapped in three messages."""
    first, second, third = event.records
    return [
        [first.sns.subject, first.sns.message, first.sns.topic_arn],
        [[found.bucket, found.key] for found in second.s3.records],
        third.event_bridge["detail"],
    ]


def kafka(event: events.Kafka) -> list[Any]:
    return [
        [
            each.topic,
            each.partition,
            each.offset,
            text(each.key),
            text(each.value),
            str(each.headers),
        ]
        for each in event.records
    ]


def activemq(event: events.ActiveMQ) -> list[Any]:
    return [[each.message_id, each.queue, each.text, each.properties] for each in event.messages]


def rabbitmq(event: events.RabbitMQ) -> list[Any]:
    return [
        [name, each.text, str(each.headers)] for name in event.queues for each in event.queues[name]
    ]


def documentdb(event: events.DocumentDB) -> list[Any]:
    return [
        [each.operation, each.database, each.collection, each.document_key, each.document]
        for each in event.changes
    ]


def text(content: bytes | None) -> str | None:
    return None if content is None else content.decode()
