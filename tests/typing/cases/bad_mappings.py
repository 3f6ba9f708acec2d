"""Mistakes with polled triggers that mypy and pyright must both report, on the lines marked."""

import sparta
from sparta import events, triggers
from sparta.aws import Queue, Stream, Table
from sparta.triggers import filters

jobs = Queue("Jobs")
clicks = Stream("Clicks")
orders = Table("Orders", key="id")
SECRET = "arn"


class Order(sparta.Model):
    id: str


@sparta.function(on=clicks.records())  # error: the records are of a stream, not of a queue
def wrong_record(record: events.SqsRecord[Order]) -> None: ...


@sparta.function(on=jobs.messages())  # error: a batch of another source
def wrong_batch(event: events.Kinesis) -> None: ...


@sparta.function(on=(jobs.messages(), clicks.records()))  # error: one kind of two
def one_of_two(record: events.SqsRecord[Order]) -> None: ...


@sparta.function(on=triggers.msk("arn", topic="t"))  # error: Kafka gives batches only
def kafka_record(record: events.KafkaRecord) -> None: ...


@sparta.function(on=jobs.messages())
def wrong_field(record: events.SqsRecord[Order]) -> None:
    print(record.body.name)  # error: the body has no such field
    print(record.partition_key)  # error: that is a stream's


@sparta.function(on=orders.changes())
def maybe(record: events.DynamoDBRecord[Order]) -> None:
    print(record.new_image.id)  # error: there may be none


jobs.messages(batchsize=5)  # error: misspelt
jobs.messages(parallelization=2)  # error: an option of streams
clicks.records(start="OLDEST")  # error: not a starting position
orders.changes(view="ALL")  # error: not a view
orders.changes(start_at=0.0)  # error: tables' streams start at no time
jobs.messages(where=filters.payload("x") == 1)  # error: a filter of another source
jobs.messages(where=filters.body("x") < "1")  # error: not a number
jobs.messages(where=(filters.body("x") == 1) & (filters.value("y") == 1))  # error: of two sources
jobs.messages(where={"body": {"x": [1]}})  # error: not a condition
triggers.rabbitmq("arn", secret=SECRET)  # error: which queue?
triggers.msk("arn", topic="t", login="basic")  # error: not a login of MSK
clicks.grant("SendMessage")  # error: not an action of a stream
Queue("Other", fifo="yes")  # error: not a bool
