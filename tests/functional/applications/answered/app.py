"""Functions whose source waits for their answer, or packs its events."""

import sys
from typing import Any

import boto3

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, DeliveryStream, Table

seen = Table("Seen", key="id", retain=False)
kept = Bucket("Kept", retain=False)
clicks = DeliveryStream("Clicks", bucket=kept, buffer_mb=1, buffer_s=0)
users = sparta.Resource("Users", "AWS::Cognito::UserPool", {"UserPoolName": "answered"})
audit = sparta.Resource("Audit", "AWS::Logs::LogGroup", {"RetentionInDays": 1})
write = seen.grant("PutItem")
dynamodb = boto3.client("dynamodb")


class Click(sparta.Model):
    page: str
    ms: int = 0


def record(key: str, text: str) -> None:
    dynamodb.put_item(TableName=seen.name, Item={"id": {"S": key}, "text": {"S": text}})


@sparta.function(on=clicks.records())
def clean(click: events.FirehoseRecord[Click]) -> Click | None:
    if click.payload.page == "none":
        return None
    return Click(page=click.payload.page, ms=click.payload.ms + 1)


@sparta.function(on=triggers.cognito(users, events.PreTokenGeneration, version="V2_0"))
def tokens(event: events.PreTokenGeneration) -> dict[str, Any]:
    return event.answer(claims={"team": event.user_name}, add_scopes=["shop/read"])


@sparta.function()
def work() -> None:
    sys.stdout.write("work is done\n")


@sparta.function(
    timeout_s=10,
    uses=[write],
    on=(triggers.logs(audit, pattern="ERROR"), triggers.logs(work, pattern="done")),
)
def watch(event: events.CloudWatchLogs) -> None:
    for line in event.records:
        record(line.message.strip(), event.log_group)


@sparta.function(
    timeout_s=10,
    uses=[write],
    on=triggers.iot("SELECT page, ms FROM 'devices/+/state' WHERE ms > 10"),
)
def device(event: events.Iot[Click]) -> None:
    record(f"iot-{event.message.page}", str(event.message.ms))


if __name__ == "__main__":
    sparta.main("Answered", "Answers", functions=[clean, tokens, work, watch, device])
