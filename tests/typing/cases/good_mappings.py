"""Polled triggers: batches, records and filters; mypy and pyright have nothing to say."""

from typing import Any, assert_type

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, Queue, Stream, Table
from sparta.triggers import filters

jobs = Queue("Jobs")
clicks = Stream("Clicks")
orders = Table("Orders", key="id")
lost = Bucket("Lost")


class Order(sparta.Model):
    id: str


@sparta.function(on=jobs.messages(where=filters.body("qty") > 3, max_concurrency=2))
def one(record: events.SqsRecord[Order]) -> None:
    assert_type(record.body, Order)
    assert_type(record.text, str)


@sparta.function(on=jobs.messages(report_failures=True))
def batch(event: events.Sqs, context: sparta.Context) -> events.BatchFailures:
    assert_type(event.records[0].body, str)
    return events.BatchFailures(event.records)


@sparta.function(on=(jobs.messages(), triggers.queue("arn:aws:sqs:us-east-1:123456789012:a")))
async def two(record: events.SqsRecord[list[Order]], context: sparta.Context) -> None:
    assert_type(record.body, list[Order])


@sparta.function(on=(jobs.messages(), clicks.records()))
def mixed(event: events.Sqs | events.Kinesis) -> None: ...


@sparta.function(on=(jobs.messages(), sparta.schedule("rate(1 day)")))
def timed(event: events.Sqs | events.Scheduled) -> None: ...


@sparta.function(on=clicks.records(start_at=0.0, where=[filters.payload("a") == 1]))
def record(record: events.KinesisRecord) -> None:
    assert_type(record.payload, bytes)


@sparta.function(on=orders.changes(view="NEW_IMAGE", on_failure=lost))
def change(record: events.DynamoDBRecord[Order]) -> None:
    assert_type(record.new_image, Order | None)


@sparta.function(on=orders.changes(where=filters.event_name() == "INSERT"))
def untyped(record: events.DynamoDBRecord) -> None:
    assert_type(record.new_image, dict[str, Any] | None)


@sparta.function(on=jobs.messages())
def raw(event: dict[str, Any]) -> None: ...


@sparta.function(on=triggers.msk("arn", topic="t", where=filters.value("a") == 1))
def kafka(event: events.Kafka) -> None: ...


as_value = sparta.Function(one.handler, on=jobs.messages(), memory_mb=256)
of_batch = sparta.Function(batch.handler, on=jobs.messages())
one(events.SqsRecord({}, Order(id="1")))
either = (filters.body("a") == "x") & (filters.body("b") == 1) | filters.body("c").exists()
jobs.messages(where=[either])
