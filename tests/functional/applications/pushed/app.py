"""Functions that their source calls by itself; each writes what it saw into a table."""

import os

import boto3

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, EventBus, Table, Topic

seen = Table("Seen", key="id", retain=False)
shop = EventBus("Shop")
archive = Bucket("Archive", retain=False)
news = Topic("News")
write = seen.grant("PutItem")
dynamodb = boto3.client("dynamodb")
FIRES_AT = os.environ.get("FIRES_AT", "2027-01-01T00:00:00")


class Paid(sparta.Model):
    order: str
    total: float


class Span(sparta.Model):
    days: int


def record(key: str, text: str) -> None:
    dynamodb.put_item(TableName=seen.name, Item={"id": {"S": key}, "text": {"S": text}})


@sparta.function(
    timeout_s=10,
    uses=[write],
    on=(
        shop.events({"source": ["shop"], "detail": {"total": [{"numeric": [">", 10]}]}}, retries=0),
        triggers.rule({"source": ["com.example.elsewhere"], "detail-type": [{"suffix": "Paid"}]}),
    ),
)
def paid(event: events.EventBridge[Paid]) -> None:
    record(f"bus-{event.detail.order}", f"{event.source} {event.detail.total}")


@sparta.function(timeout_s=10, uses=[write], on=news.messages(filter={"kind": ["paid"]}))
def told(event: events.Sns[Paid]) -> None:
    for message in event.records:
        record(f"sns-{message.payload.order}", str(message.payload.total))


@sparta.function(
    timeout_s=10, uses=[write], on=sparta.schedule(f"at({FIRES_AT})", input={"days": 7})
)
def fired(event: events.Scheduled[Span]) -> None:
    record("schedule", str(event.detail.days))


@sparta.function(timeout_s=10, uses=[write], on=archive.deleted(prefix="in/"))
def deleted(event: events.S3) -> None:
    for found in event.records:
        record("s3", f"{found.event_name} {found.key}")


@sparta.function(uses=[shop.write()])
def pay() -> str:
    """Put an event on the bus, as the function's own role allows."""
    detail = '{"order": "own", "total": 99}'
    answer = boto3.client("events").put_events(
        Entries=[
            {"EventBusName": shop.name, "Source": "shop", "DetailType": "Paid", "Detail": detail}
        ]
    )
    return str(answer["FailedEntryCount"])


if __name__ == "__main__":
    sparta.main("Pushed", functions=[paid, told, fired, deleted, pay])
