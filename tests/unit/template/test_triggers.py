"""Event sources: what each adds to the template, and what it asks of the source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta import events, triggers
from sparta.app.function import Function
from sparta.aws import Bucket, Queue, Topic
from sparta.errors import TemplateError
from sparta.model.trigger import Trigger
from sparta.template import check, synthesize
from sparta.template.logical_id import function_id
from sparta.triggers.clock import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.template import Template

ARN = {"Fn::GetAtt": [function_id("handler"), "Arn"]}


def handler() -> None: ...


def of_type(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    return {
        key: body["Properties"] for key, body in template.resources.items() if body["Type"] == kind
    }


@pytest.mark.parametrize(
    ("prefix", "suffix", "pattern"),
    [
        ("", "", []),
        ("in/", "", [{"prefix": "in/"}]),
        ("", ".csv", [{"suffix": ".csv"}]),
        ("in/", ".csv", [{"wildcard": "in/*.csv"}]),
        ("a*b/", "\\.csv", [{"wildcard": "a\\*b/*\\\\.csv"}]),
    ],
)
def test_a_bucket_reaches_its_function_by_a_rule(
    application: Callable[..., Application],
    prefix: str,
    suffix: str,
    pattern: list[dict[str, str]],
) -> None:
    uploads = Bucket("Uploads")
    function = Function(handler, on=uploads.created(prefix=prefix, suffix=suffix))
    template = synthesize(application(function))
    ((rule_id, rule),) = of_type(template, "AWS::Events::Rule").items()
    detail = rule["EventPattern"]["detail"]
    assert detail["bucket"] == {"name": [{"Ref": "Uploads"}]}
    assert detail.get("object", {}).get("key", []) == pattern
    assert rule["Targets"] == [{"Arn": ARN, "Id": "Function"}]
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Principal"] == "events.amazonaws.com"
    assert permission["SourceArn"] == {"Fn::GetAtt": [rule_id, "Arn"]}
    bucket = template.resources["Uploads"]["Properties"]
    assert bucket["NotificationConfiguration"] == {
        "EventBridgeConfiguration": {"EventBridgeEnabled": True}
    }
    assert check(template) == []


def test_a_bucket_without_trigger_tells_nobody(application: Callable[..., Application]) -> None:
    template = synthesize(application(Function(handler), resources=[Bucket("Uploads")]))
    assert "NotificationConfiguration" not in template.resources["Uploads"]["Properties"]


def test_two_triggers_of_one_bucket_get_a_rule_each(
    application: Callable[..., Application],
) -> None:
    uploads = Bucket("Uploads")
    function = Function(handler, on=(uploads.created(suffix=".a"), uploads.created(suffix=".b")))
    template = synthesize(application(function))
    rules = of_type(template, "AWS::Events::Rule")
    keys = [rule["EventPattern"]["detail"]["object"]["key"] for rule in rules.values()]
    assert sorted(keys, key=str) == [[{"suffix": ".a"}], [{"suffix": ".b"}]]
    assert check(template) == []


def test_a_queue_is_polled(application: Callable[..., Application]) -> None:
    jobs = Queue("Jobs", dead_letter=Queue("Dead"))
    template = synthesize(
        application(Function(handler, on=jobs.messages(batch_size=20, window_s=5)))
    )
    (mapping,) = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    assert mapping == {
        "BatchSize": 20,
        "EventSourceArn": {"Fn::GetAtt": ["Jobs", "Arn"]},
        "FunctionName": ARN,
        "MaximumBatchingWindowInSeconds": 5,
    }
    assert "Dead" in template.resources
    assert check(template) == []


def test_a_queue_without_window_names_none(application: Callable[..., Application]) -> None:
    template = synthesize(application(Function(handler, on=Queue("Jobs").messages())))
    (mapping,) = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    assert "MaximumBatchingWindowInSeconds" not in mapping


def test_the_same_trigger_twice_is_found(application: Callable[..., Application]) -> None:
    jobs = Queue("Jobs")
    first, second = jobs.messages(), jobs.messages()
    (found,) = check(synthesize(application(Function(handler, on=(first, second)))))
    assert "feeds the same events to the same function" in found.what
    assert first.declared_at in found.where


def test_a_topic_is_subscribed_to(application: Callable[..., Application]) -> None:
    template = synthesize(application(Function(handler, on=Topic("News").messages())))
    (subscription,) = of_type(template, "AWS::SNS::Subscription").values()
    assert subscription == {"Endpoint": ARN, "Protocol": "lambda", "TopicArn": {"Ref": "News"}}
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Principal"] == "sns.amazonaws.com"
    assert permission["SourceArn"] == {"Ref": "News"}
    assert check(template) == []


def test_a_schedule_has_a_role_for_its_function_only(
    application: Callable[..., Application],
) -> None:
    trigger = schedule("cron(0 3 * * ? *)", timezone="Europe/Rome")
    template = synthesize(application(Function(handler, on=trigger)))
    ((_, found),) = of_type(template, "AWS::Scheduler::Schedule").items()
    assert found["ScheduleExpression"] == "cron(0 3 * * ? *)"
    assert found["ScheduleExpressionTimezone"] == "Europe/Rome"
    assert found["Target"]["Arn"] == ARN
    event = json.loads(found["Target"]["Input"]["Fn::Sub"])
    assert event["time"] == "<aws.scheduler.scheduled-time>"
    assert event["resources"] == ["<aws.scheduler.schedule-arn>"]
    role = of_type(template, "AWS::IAM::Role")[found["Target"]["RoleArn"]["Fn::GetAtt"][0]]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    conditions = trust["Condition"]["StringEquals"]
    assert conditions["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert conditions["aws:SourceArn"]["Fn::Sub"].endswith(":schedule-group/default")
    (statement,) = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": ["lambda:InvokeFunction"],
        "Resource": [ARN],
    }
    assert check(template) == []


def test_a_source_that_feeds_two_functions(application: Callable[..., Application]) -> None:
    uploads = Bucket("Uploads")
    template = synthesize(
        application(
            Function(handler, name="one", on=uploads.created()),
            Function(handler, name="two", on=uploads.created()),
        )
    )
    assert len(of_type(template, "AWS::Events::Rule")) == 2
    assert check(template) == []


def test_an_unknown_trigger_is_refused(application: Callable[..., Application]) -> None:
    class Telegram(Trigger[Any]):
        event_type = dict

    function = Function(handler, on=Telegram("app.py:7"))
    with pytest.raises(TemplateError, match="type Telegram are not known"):
        synthesize(application(function))


def test_mappings_of_existing_sources_do_not_depend_on_the_order_they_are_given_in(
    application: Callable[..., Application],
) -> None:
    arns = [f"arn:aws:sqs:us-east-1:123456789012:{name}" for name in ("one", "two")]

    def take(event: events.Sqs) -> None: ...

    found = []
    for order in (arns, arns[::-1]):
        on = tuple(triggers.queue(arn) for arn in order)
        template = synthesize(application(sparta.Function(take, on=on)))
        resources = template.resources.items()
        found.append(
            {
                body["Properties"]["EventSourceArn"]: logical_id
                for logical_id, body in resources
                if body["Type"] == "AWS::Lambda::EventSourceMapping"
            }
        )
    assert found[0] == found[1]
    assert len(set(found[0].values())) == 2
