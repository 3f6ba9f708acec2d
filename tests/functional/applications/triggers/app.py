"""One function for each kind of trigger; each writes what it saw into a table, for the test."""

import sys

import boto3

import sparta
from sparta import events
from sparta.aws import Bucket, Queue, Table, Topic

seen = Table("Seen", key="id", retain=False)
uploads = Bucket("Uploads", retain=False)
jobs = Queue("Jobs")
news = Topic("News")
write = seen.grant("PutItem")
dynamodb = boto3.client("dynamodb")


def record(key: str, text: str) -> None:
    dynamodb.put_item(TableName=seen.name, Item={"id": {"S": key}, "text": {"S": text}})


@sparta.function(timeout_s=10, uses=[write], on=sparta.schedule("rate(1 minute)"))
def ticked(event: events.Scheduled) -> None:
    record("schedule", event.time)


@sparta.function(timeout_s=10, uses=[write], on=uploads.created(prefix="in/", suffix=".txt"))
def uploaded(event: events.S3) -> None:
    for found in event.records:
        record("s3", f"{found.bucket}/{found.key}")


@sparta.function(timeout_s=10, uses=[write], on=jobs.messages(batch_size=2))
def queued(event: events.Sqs) -> None:
    for message in event.records:
        record(f"sqs-{message.body}", message.body)


@sparta.function(timeout_s=10, uses=[write], on=news.messages())
def notified(event: events.Sns) -> None:
    record("sns", event.records[0].message)


@sparta.function(timeout_s=10, uses=[seen.grant("GetItem")])
def forbidden() -> str:
    """Try what its role does not allow."""
    record("forbidden", "never")
    return "allowed"


@sparta.function()
def served_natively() -> bool:
    """Say whether the native core is what runs this."""
    return "_sparta" in sys.modules


@sparta.function()
def undeclared() -> str:
    """Read a resource it did not declare."""
    return seen.name


if __name__ == "__main__":
    sparta.main(
        "Triggers",
        functions=[ticked, uploaded, queued, notified, forbidden, served_natively, undeclared],
    )
