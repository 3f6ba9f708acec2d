"""Triggers that are pushed: what they add for delivery, dead letters and mail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sparta import schedule, triggers
from sparta.app.function import Function
from sparta.aws import Bucket, EventBus, Queue, Topic
from sparta.cfn import Resource
from sparta.errors import TemplateError
from sparta.template import check, synthesize
from sparta.template.logical_id import function_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.template import Template

    Make = Callable[..., Application]

ARN = {"Fn::GetAtt": [function_id("handler"), "Arn"]}
DEAD = {"Fn::GetAtt": ["Dead", "Arn"]}


def handler() -> None: ...


def other() -> None: ...


def of_type(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    return {
        key: body["Properties"] for key, body in template.resources.items() if body["Type"] == kind
    }


def test_one_queue_lets_each_of_its_sources_in(application: Make) -> None:
    news, dead = Topic("News"), Queue("Dead")
    rule = triggers.rule({"source": ["a"]}, dead_letter=dead.arn)
    template = synthesize(
        application(
            Function(handler, on=(news.messages(dead_letter=dead), rule)),
            Function(other, on=news.messages(dead_letter=dead)),
        )
    )
    ((_, policy),) = of_type(template, "AWS::SQS::QueuePolicy").items()
    ((rule_id, _),) = of_type(template, "AWS::Events::Rule").items()
    assert policy["Queues"] == [{"Ref": "Dead"}]
    statements = policy["PolicyDocument"]["Statement"]
    sources = {
        statement["Principal"]["Service"]: statement["Condition"]["ArnEquals"]["aws:SourceArn"]
        for statement in statements
    }
    assert sources == {
        "events.amazonaws.com": {"Fn::GetAtt": [rule_id, "Arn"]},
        "sns.amazonaws.com": {"Ref": "News"},
    }
    assert all(each["Resource"] == DEAD for each in statements)
    assert len(statements) == 2
    assert check(template) == []


def test_the_queue_of_others_is_left_alone(application: Make) -> None:
    dead = "arn:aws:sqs:us-east-1:123456789012:dead"
    template = synthesize(application(Function(handler, on=Topic("N").messages(dead_letter=dead))))
    assert of_type(template, "AWS::SQS::QueuePolicy") == {}
    (subscription,) = of_type(template, "AWS::SNS::Subscription").values()
    assert subscription["RedrivePolicy"] == {"deadLetterTargetArn": dead}


@pytest.mark.parametrize("named", [{"Ref": "Dead"}, None], ids=["Ref", "token"])
def test_a_second_policy_of_the_queue_is_refused(application: Make, named: object) -> None:
    dead = Queue("Dead")
    own = Resource("Own", "AWS::SQS::QueuePolicy", {"Queues": [named or dead.url]})
    function = Function(handler, on=Topic("News").messages(dead_letter=dead))
    with pytest.raises(TemplateError, match="Dead has a policy of its own, Own") as raised:
        synthesize(application(function, resources=[own]))
    assert own.declared_at in str(raised.value)


def test_a_schedule_may_send_to_its_own_queue_only(application: Make) -> None:
    trigger = schedule("rate(1 day)", dead_letter=Queue("Dead"))
    template = synthesize(application(Function(handler, on=trigger)))
    (found,) = of_type(template, "AWS::Scheduler::Schedule").values()
    assert found["Target"]["DeadLetterConfig"] == {"Arn": DEAD}
    role = of_type(template, "AWS::IAM::Role")[found["Target"]["RoleArn"]["Fn::GetAtt"][0]]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert [(each["Action"], each["Resource"]) for each in statements] == [
        (["lambda:InvokeFunction"], [ARN]),
        (["sqs:SendMessage"], [DEAD]),
    ]


def test_the_input_of_a_schedule_may_hold_tokens(application: Make) -> None:
    trigger = schedule("rate(1 day)", input={"queue": Queue("Jobs").url, "é": "${x}"})
    template = synthesize(application(Function(handler, on=trigger), resources=[Queue("Jobs")]))
    (found,) = of_type(template, "AWS::Scheduler::Schedule").values()
    text = found["Target"]["Input"]["Fn::Sub"]
    assert json.loads(text)["detail"] == {"queue": "${Jobs}", "é": "${!x}"}


def test_the_same_pattern_on_two_buses_is_two_sources(application: Make) -> None:
    shop = EventBus("Shop")
    on = (shop.events({"source": ["a"]}), triggers.rule({"source": ["a"]}))
    template = synthesize(application(Function(handler, on=on)))
    rules = of_type(template, "AWS::Events::Rule").values()
    assert [rule.get("EventBusName") for rule in rules] == [{"Ref": "Shop"}, None]
    assert template.resources["Shop"]["Properties"]["Name"] == {"Fn::Sub": "${AWS::StackName}-Shop"}
    assert check(template) == []


def test_a_topic_of_another_region_is_subscribed_to_there(application: Make) -> None:
    arn = "arn:aws:sns:eu-west-1:123456789012:alarms"
    template = synthesize(application(Function(handler, on=triggers.topic(arn))))
    (subscription,) = of_type(template, "AWS::SNS::Subscription").values()
    assert subscription == {
        "Endpoint": ARN,
        "Protocol": "lambda",
        "Region": "eu-west-1",
        "TopicArn": arn,
    }


def test_mail_is_stored_and_handed_over_by_one_rule_only(application: Make) -> None:
    inbox, name = Bucket("Inbox"), "${AWS::StackName}_handler_mail"
    trigger = triggers.email("company", store=inbox, prefix="in/")
    template = synthesize(application(Function(handler, on=trigger)))
    ((_, policy),) = of_type(template, "AWS::S3::BucketPolicy").items()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Resource"] == {"Fn::Sub": "${Inbox.Arn}/in/*"}
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    (rule,) = of_type(template, "AWS::SES::ReceiptRule").values()
    assert rule["Rule"]["Name"] == {"Fn::Sub": name}
    text = permission["SourceArn"]["Fn::Sub"]
    assert text.endswith(f":receipt-rule-set/company:receipt-rule/{name}")
    assert statement["Condition"]["StringEquals"]["aws:SourceArn"] == permission["SourceArn"]
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_who_judges_may_answer_and_only_config_of_this_account_asks(application: Make) -> None:
    template = synthesize(application(Function(handler, on=triggers.config_rule(every_hours=3))))
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}
    (role,) = of_type(template, "AWS::IAM::Role").values()
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert {"Effect": "Allow", "Action": ["config:PutEvaluations"], "Resource": ["*"]} in statements
    assert check(template) == []


def test_sources_that_check_the_permission_are_missed_without_it(
    problems: Callable[..., list[str]],
) -> None:
    from sparta.template.check.sources import missing_permissions

    function = {"Type": "AWS::Lambda::Function", "Properties": {}}
    target = {"Fn::GetAtt": ["F", "Arn"]}
    rule = {"Actions": [{"LambdaAction": {"FunctionArn": target}}]}
    found = problems(
        missing_permissions,
        {
            "F": function,
            "C": {
                "Type": "AWS::Config::ConfigRule",
                "Properties": {"Source": {"SourceIdentifier": target}},
            },
            "S": {"Type": "AWS::SES::ReceiptRule", "Properties": {"Rule": rule}},
        },
    )
    assert [text.partition(" ")[0] for text in found] == ["C:", "S:"]
