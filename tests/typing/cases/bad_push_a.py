"""Mistakes in triggers that are pushed: mypy and pyright report each marked line."""

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, EventBus, Queue, Topic

news = Topic("News")
shop = EventBus("Shop")
uploads = Bucket("Uploads")
dead = Queue("Dead")


class Paid(sparta.Model):
    order: str


@sparta.function(on=news.messages())  # error: the trigger's events are not EventBridge
def wrong_source(event: events.EventBridge) -> None: ...


@sparta.function(on=shop.events({"source": ["a"]}))  # error: the trigger's events are not Sns
def wrong_event(event: events.Sns[Paid]) -> None: ...


@sparta.function(on=triggers.email("rules"))  # error: the trigger's events are not S3
def wrong_mail(event: events.S3) -> None: ...


@sparta.function(on=triggers.rule({"source": ["a"]}))  # error: any event, not CodeCommit's only
def too_narrow(event: events.CodeCommit) -> None: ...


@sparta.function(on=shop.events({"source": ["a"]}))
def typed(event: events.EventBridge[Paid]) -> int:
    return event.detail.order  # error: a str


@sparta.function(on=news.messages())
def payload(event: events.Sns[Paid]) -> None:
    event.records[0].payload.total  # error: no such field


shop.events({"sources": ["a"]})  # error: no such field of an event
triggers.rule({"source": "a"}, retry=3)  # error: no such option
triggers.rule({"source": 3})  # error: not a list
news.messages(filter_on="message")  # error: not one of the two
news.messages(filters={"a": ["b"]})  # error: no such option
news.messages(filter={"a": "b"}, dead_letter=3)  # error: not a queue
uploads.events("Object Changed")  # error: S3 has no such event
triggers.config_rule("AWS::S3::Bucket", every_hours=2)  # error: not one of Config's
triggers.config_rule(3)  # error: not a type of resource
triggers.codecommit("web", changes=["pushed"])  # error: no such change
triggers.email("rules", store=dead)  # error: not a bucket
triggers.topic(news)  # error: not an ARN
sparta.schedule("rate(1 day)", start=5)  # error: not a moment
sparta.schedule("rate(1 day)", zone="UTC")  # error: no such option
shop.grant("Publish")  # error: an action of a topic
EventBus("Named", name="shop")  # error: no such option
