"""What is wrong with triggers that are pushed: all of it, offline, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta import triggers
from sparta.app.function import Function
from sparta.app.validate_triggers import trigger_problems
from sparta.aws import Bucket, EventBus, Queue, Topic
from sparta.cfn import Resource

if TYPE_CHECKING:
    from sparta.errors import Problem
    from sparta.model.trigger import Trigger

make: Any = triggers
"""Type checkers refuse what is tried here."""
topic: Any = Topic("News")
bucket: Any = Bucket("Uploads")
dead = Queue("Dead")
RIGHT = [
    topic.messages(filter={"a": ["x", 1, {"exists": False}]}, dead_letter=dead),
    topic.messages(filter={"a": {"b": [{"numeric": [">", 0, "<=", 5]}]}}, filter_on="body"),
    topic.messages(filter={"$or": [{"a": ["x"]}, {"b": [{"cidr": "10.0.0.0/8"}]}]}),
    make.topic("arn:aws-cn:sns:cn-north-1:123456789012:news"),
    make.topic(topic.arn),
    make.rule({"source": [{"prefix": "com."}], "detail": {"a": [None, {"anything-but": [1]}]}}),
    make.rule({"detail": {"a": [{"prefix": {"equals-ignore-case": "X"}}]}}, retries=0),
    make.rule({"detail": {"a": [{"anything-but": {"wildcard": "*/lib/*"}}]}}, bus="partners"),
    make.rule({"source": ["a"]}, dead_letter=dead.arn),
    EventBus("Shop").events({"$or": [{"source": ["a"]}, {"account": ["1"]}]}),
    make.codecommit("website", branches=["main"]),
    make.codecommit(Resource("Docs", "AWS::CodeCommit::Repository").get_att("Arn")),
    make.config_rule("AWS::S3::Bucket", every_hours=24),
    make.email("company", recipients=["a@example.com", "example.com", ".example.com"]),
    make.email(Resource("Rules", "AWS::SES::ReceiptRuleSet"), store=bucket, prefix="in/"),
    bucket.events("Object ACL Updated"),
    make.rule({"detail": {"a": [{"wildcard": bucket.name}]}}, description=bucket.name),
    make.config_rule("AWS::S3::Bucket", description=bucket.name, name=bucket.name),
    make.schedule("rate(1 day)", input={"table": bucket.name, 1: None}),
]
WRONG = [
    (topic.messages(filter={"a": "x"}), "filter, a: expected a list of values, got 'x'"),
    (topic.messages(filter={}), "filter: is empty"),
    (topic.messages(filter={"a": {"b": ["x"]}}), "a: an attribute has no parts of its own"),
    (topic.messages(filter={"a": [{"suffx": "x"}]}), "a: 'suffx' is no operator"),
    (topic.messages(filter={k: [1] for k in "abcdef"}), "it has 6 keys, SNS takes 5"),
    (topic.messages(filter={"a": list(range(151))}), "it has 151 combinations of values"),
    (topic.messages(filter_on="body"), "filter_on= without filter="),
    (topic.messages(filter={"a": [1]}, filter_on="text"), "filter_on='text' is neither"),
    (topic.messages(dead_letter=bucket), "is no queue"),
    (topic.messages(dead_letter="arn:aws:sqs:us-east-1:1:d.fifo"), "is a FIFO queue"),
    (topic.messages(filters={}), "has no option filters="),
    (make.topic("news"), "'news' is no ARN of a topic"),
    (make.topic("arn:aws:sns:us-east-1:123456789012:news.fifo"), "is a FIFO topic"),
    (make.rule({}), "event pattern: is empty"),
    (make.rule(["source"]), "event pattern: expected an object"),
    (make.rule({"source": []}), "source: is an empty list"),
    (make.rule({"detail_type": ["x"]}), "detail_type: no event has such a field: write 'detail"),
    (make.rule({"detail": {"a": {"b": 3}}}), "detail.a.b: expected a list of values, got 3"),
    (make.rule({"detail": {"a": [{"exists": 1}]}}), "detail.a: exists: is True or False"),
    (make.rule({"detail": {"a": [{"numeric": ["<", 0, ">", 5]}]}}), "a range begins with >"),
    (make.rule({"detail": {"a": [{"numeric": [">"]}]}}), "takes one or two comparisons"),
    (make.rule({"detail": {"a": [{"cidr": "10.0.0.300/8"}]}}), "no range of addresses"),
    (make.rule({"detail": {"a": [{"cidr": "10.0.0.1"}]}}), "has no length"),
    (make.rule({"detail": {"a": [{"anything-but": [1, "x"]}]}}), "all of one kind"),
    (make.rule({"detail": {"a": [{"wildcard": "a**"}]}}), "two wildcards stand side by side"),
    (make.rule({"detail": {"a": [{"prefix": ""}]}}), "prefix: expected a text, got ''"),
    (make.rule({"detail": {"a": [[1]]}}), "neither text, number"),
    (make.rule({"$or": [{"source": ["a"]}]}), "$or: expected a list of at least two objects"),
    (make.rule({"source": ["x" * 2100]}), "the event pattern has 2,1"),
    (make.rule({"source": ["a"]}, bus="a bus"), "bus='a bus' is no event bus"),
    (make.rule({"source": ["a"]}, bus=dead), "is no event bus"),
    (make.rule({"source": ["a"]}, retries=186), "retries=186 is out of range"),
    (make.rule({"source": ["a"]}, event_age_s=59), "event_age_s=59 is out of range"),
    (make.rule({"source": ["a"]}, enabled="no"), "enabled='no' is neither True nor False"),
    (make.rule({"source": ["a"]}, description="x" * 513), "description= is no text, or too long"),
    (make.schedule("cron(0 0 31 2 ? *)"), "names no day that exists"),
    (make.schedule("rate(1 day)", start="tomorrow"), "start='tomorrow' is no moment"),
    (make.schedule("rate(1 day)", start="2027-01-02", end="2027-01-01"), "ends before it starts"),
    (make.schedule("rate(1 day)", flexible_minutes=1441), "flexible_minutes=1441 is out of"),
    (make.schedule("rate(1 day)", input=[1]), "input=[1] is no JSON object"),
    (make.schedule("rate(1 day)", input={"a": object()}), "cannot be written as JSON"),
    (make.schedule("rate(1 day)", input={"a": float("nan")}), "as JSON: Out of range"),
    (make.schedule("rate(1 day)", retry=3), "has no option retry="),
    (make.codecommit("a b"), "is no CodeCommit repository"),
    (make.codecommit("web", changes=["pushed"]), "there is no such change"),
    (make.codecommit("web", branches="main"), "branches='main' is no list of names"),
    (make.config_rule(), "the rule would never ask"),
    (make.config_rule("Bucket"), "'Bucket' is no type of resource"),
    (make.config_rule(every_hours=2), "every_hours=2 is not allowed"),
    (make.config_rule("AWS::S3::Bucket", parameters={"a": 1}), "is not text by name"),
    (make.config_rule("AWS::S3::Bucket", name=""), "name='' is no name of a rule"),
    (make.email("-"), "'-' is no rule set"),
    (make.email("company", recipients="a@b.example"), "is no list"),
    (make.email("company", recipients=["jane"]), "'jane' is no recipient"),
    (make.email("company", prefix="in/"), "prefix= without store="),
    (make.email("company", store="inbox"), "is no bucket of the application"),
    (bucket.events("Object Changed"), "S3 has no event 'Object Changed'"),
    (bucket.events(), "the trigger names no event"),
    (bucket.deleted(prefix=3), "prefix=3 is no text"),
]


def problems(trigger: Trigger[Any]) -> list[Problem]:
    return list(trigger_problems(Function(lambda: None, on=trigger)))


@pytest.mark.parametrize("trigger", RIGHT, ids=range(len(RIGHT)))
def test_what_aws_takes(trigger: Trigger[Any]) -> None:
    assert problems(trigger) == []


@pytest.mark.parametrize(("trigger", "text"), WRONG, ids=[text for _, text in WRONG])
def test_what_aws_refuses(trigger: Trigger[Any], text: str) -> None:
    (problem,) = problems(trigger)
    assert text in problem.what
    assert problem.where == trigger.declared_at
    assert problem.where.startswith(__file__)


def test_everything_is_said_at_once() -> None:
    wrong = make.rule({"detail": {"a": 1, "b": [{"x": 1}]}, "Source": ["a"]}, retries=-1, bus=3)
    assert len(problems(wrong)) == 5
