"""Triggers that are pushed, as their authors write them: clean under mypy and pyright."""

from datetime import UTC, datetime
from typing import Any

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, EventBus, Queue, Topic

news = Topic("News")
shop = EventBus("Shop")
uploads = Bucket("Uploads")
dead = Queue("Dead")


class Paid(sparta.Model):
    order: str
    total: float


@sparta.function(
    uses=[shop.write()],
    on=(
        shop.events({"source": ["shop"], "detail": {"total": [{"numeric": [">", 0]}]}}),
        triggers.rule({"detail-type": ["Paid"]}, bus="partners", retries=1, dead_letter=dead),
    ),
)
def paid(event: events.EventBridge[Paid]) -> float:
    return event.detail.total


@sparta.function(on=news.messages(filter={"kind": ["paid"]}, dead_letter=dead.arn))
def told(event: events.Sns[Paid]) -> list[str]:
    return [record.payload.order for record in event.records]


@sparta.function(on=triggers.topic("arn:aws:sns:us-east-1:123456789012:news"))
def untyped(event: events.Sns) -> Any:
    return event.records[0].payload


@sparta.function(
    on=sparta.schedule(
        "rate(1 day)",
        start=datetime(2027, 1, 1, tzinfo=UTC),
        end="2028-01-01T00:00:00",
        input={"order": "a", "total": 1},
        flexible_minutes=5,
    )
)
def scheduled(event: events.Scheduled[Paid]) -> str:
    return event.detail.order


@sparta.function(on=(uploads.deleted(), uploads.restored(), uploads.events("Object Tags Added")))
def objects(event: events.S3) -> list[str]:
    return [record.reason for record in event.records]


@sparta.function(on=triggers.codecommit("web", branches=["main"], changes=["referenceUpdated"]))
def pushed(event: events.CodeCommit) -> str:
    return event.reference


@sparta.function(on=triggers.codecommit("web"))
def any_event(event: events.EventBridge) -> Any:
    return event.detail


@sparta.function(on=triggers.config_rule("AWS::S3::Bucket", every_hours=24))
def judge(event: events.ConfigRule) -> str:
    return event.result_token


@sparta.function(on=triggers.email("rules", recipients=["a@example.com"], store=uploads))
def mail(event: events.Ses) -> list[str]:
    return [record.subject for record in event.records]


@sparta.function(on=(shop.events({"source": ["a"]}), uploads.deleted()))
def several(event: events.EventBridge[Paid] | events.S3) -> None: ...


amount: float = paid(events.EventBridge({}))
