"""A handler of one record for each source that delivers here, and one for each that does not.

Each counts what it saw in a table. A record named `bad` fails the first time it is seen.
"""

import boto3

import sparta
from sparta import events, triggers
from sparta.aws import Queue, Stream, Table
from sparta.triggers import filters

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:login-AbCdEf"
seen = Table("Seen", key="id", retain=False)
jobs = Queue("Jobs", visibility_timeout_s=2)
ledger = Queue("Ledger", visibility_timeout_s=2, fifo=True, deduplicate_by_content=True)
clicks = Stream("Clicks", shards=1, retain=False)
orders = Table("Orders", key="id", retain=False)
count = seen.grant("UpdateItem")
dynamodb = boto3.client("dynamodb")


class Job(sparta.Model):
    name: str
    qty: int = 1


def handle(source: str, name: str) -> None:
    """Count a record, and fail for a bad one that is new."""
    answer = dynamodb.update_item(
        TableName=seen.name,
        Key={"id": {"S": f"{source}-{name}"}},
        UpdateExpression="ADD n :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="ALL_NEW",
    )
    if name == "bad" and answer["Attributes"]["n"]["N"] == "1":
        raise ValueError("bad is new")


@sparta.function(timeout_s=2, uses=[count], on=jobs.messages(where=filters.body("qty") < 10))
def job(record: events.SqsRecord[Job]) -> None:
    handle("sqs", record.body.name)


@sparta.function(timeout_s=2, uses=[count], on=ledger.messages())
async def booking(record: events.SqsRecord[Job]) -> None:
    handle("fifo", record.body.name)


@sparta.function(timeout_s=10, uses=[count], on=clicks.records(start="TRIM_HORIZON"))
def click(record: events.KinesisRecord[Job]) -> None:
    handle("kinesis", record.payload.name)


@sparta.function(
    timeout_s=10,
    uses=[count],
    on=orders.changes(start="TRIM_HORIZON", where=filters.event_name() == "INSERT"),
)
def change(record: events.DynamoDBRecord[Job]) -> None:
    if record.new_image is not None:
        handle("dynamodb", record.new_image.name)


@sparta.function(
    on=triggers.msk("arn:aws:kafka:us-east-1:123456789012:cluster/c/0123-1", topic="t")
)
def kafka(event: events.Kafka) -> list[str]:
    return [(record.value or b"").decode() for record in event.records]


@sparta.function(
    on=triggers.activemq("arn:aws:mq:us-east-1:123456789012:broker:a:b-1", queue="q", secret=SECRET)
)
def activemq(event: events.ActiveMQ) -> list[str]:
    return [message.text for message in event.messages if not message.is_redelivered]


@sparta.function(
    on=triggers.rabbitmq("arn:aws:mq:us-east-1:123456789012:broker:r:b-2", queue="q", secret=SECRET)
)
def rabbitmq(event: events.RabbitMQ) -> list[str]:
    return [message.text for message in event.messages]


@sparta.function(
    on=triggers.documentdb(
        "arn:aws:rds:us-east-1:123456789012:cluster:c", database="d", secret=SECRET
    )
)
def documentdb(event: events.DocumentDB) -> list[str]:
    return [change.operation for change in event.changes]


if __name__ == "__main__":
    sparta.main(
        "Polled",
        functions=[job, booking, click, change, kafka, activemq, rabbitmq, documentdb],
    )
