"""Rules on event sources: who calls may call, who polls may poll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.template.check.mappings import impatient_queues, mappings_without_rights
from sparta.template.check.sources import (
    missing_permissions,
    repeated_sources,
    schedules_without_rights,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FUNCTION_ARN = {"Fn::GetAtt": ["F", "Arn"]}


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def permission(principal: str, **properties: Any) -> dict[str, Any]:
    found = {"FunctionName": FUNCTION_ARN, "Principal": principal, **properties}
    return resource("AWS::Lambda::Permission", **found)


def role(action: Any, resource_: Any, **properties: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource_}
    policies = [{"PolicyName": "P", "PolicyDocument": {"Statement": statement}}]
    return resource("AWS::IAM::Role", Policies=policies, **properties)


FUNCTION = resource("AWS::Lambda::Function", Role={"Fn::GetAtt": ["R", "Arn"]}, Timeout=30)
BASE = {"F": FUNCTION, "T": resource("AWS::SNS::Topic"), "A": resource("AWS::ApiGatewayV2::Api")}
RULE = resource("AWS::Events::Rule", Targets=[{"Arn": FUNCTION_ARN, "Id": "x"}])
SUBSCRIPTION = resource("AWS::SNS::Subscription", Endpoint=FUNCTION_ARN, TopicArn={"Ref": "T"})
INTEGRATION = resource(
    "AWS::ApiGatewayV2::Integration",
    ApiId={"Ref": "A"},
    IntegrationUri={"Fn::Sub": "arn:aws:apigateway:r:lambda:path/functions/${F.Arn}/invocations"},
)
BUCKET = resource(
    "AWS::S3::Bucket",
    NotificationConfiguration={"LambdaConfigurations": [{"Function": FUNCTION_ARN}]},
)
FILTER = resource(
    "AWS::Logs::SubscriptionFilter", DestinationArn=FUNCTION_ARN, LogGroupName="/aws/x"
)

PUSHES = [
    (RULE, "events.amazonaws.com", {"Fn::GetAtt": ["S", "Arn"]}),
    (SUBSCRIPTION, "sns.amazonaws.com", {"Ref": "T"}),
    (INTEGRATION, "apigateway.amazonaws.com", {"Fn::Sub": "arn:x:${AWS::Region}:${A}/*/GET/"}),
    (BUCKET, "s3.amazonaws.com", "arn:aws:s3:::literal-name"),
    (FILTER, "logs.amazonaws.com", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/x:*"),
]


@pytest.mark.parametrize(("source", "principal", "arn"), PUSHES)
def test_a_source_that_calls_needs_a_permission(
    problems: Callable[..., list[str]], source: dict[str, Any], principal: str, arn: Any
) -> None:
    resources = {**BASE, "S": source}
    (found,) = problems(missing_permissions, resources)
    assert found.startswith(f"S: {principal} may not invoke F\n")
    allowed = {**resources, "P": permission(principal, SourceArn=arn)}
    assert problems(missing_permissions, allowed) == []
    assert problems(missing_permissions, {**resources, "P": permission(principal)}) == []
    other = {**resources, "P": permission("iot.amazonaws.com", SourceArn=arn)}
    assert len(problems(missing_permissions, other)) == 1


def test_the_permission_of_another_source_does_not_count(
    problems: Callable[..., list[str]],
) -> None:
    other = permission("events.amazonaws.com", SourceArn={"Fn::GetAtt": ["T", "Arn"]})
    assert len(problems(missing_permissions, {**BASE, "S": RULE, "P": other})) == 1


def test_functions_elsewhere_are_not_judged(problems: Callable[..., list[str]]) -> None:
    elsewhere = resource("AWS::Events::Rule", Targets=[{"Arn": "arn:aws:lambda:x", "Id": "x"}])
    assert problems(missing_permissions, {**BASE, "S": elsewhere}) == []


def test_a_schedule_needs_a_role_that_may_invoke(problems: Callable[..., list[str]]) -> None:
    target = {"Arn": FUNCTION_ARN, "RoleArn": {"Fn::GetAtt": ["R", "Arn"]}}
    schedule = resource("AWS::Scheduler::Schedule", Target=target)
    good = {**BASE, "S": schedule, "R": role("lambda:InvokeFunction", FUNCTION_ARN)}
    assert problems(schedules_without_rights, good) == []
    other = {**BASE, "S": schedule, "R": role("lambda:InvokeFunction", {"Ref": "T"})}
    (found,) = problems(schedules_without_rights, other)
    assert found.startswith("S: its role R does not allow lambda:InvokeFunction on F")


MAPPING = resource(
    "AWS::Lambda::EventSourceMapping",
    FunctionName=FUNCTION_ARN,
    EventSourceArn={"Fn::GetAtt": ["Q", "Arn"]},
)


@pytest.mark.parametrize("source", [MAPPING, SUBSCRIPTION, RULE])
def test_no_source_feeds_a_function_twice(
    problems: Callable[..., list[str]], source: dict[str, Any]
) -> None:
    (found,) = problems(repeated_sources, {"One": source, "Two": source})
    assert found.startswith("Two: feeds the same events to the same function as One")
    renamed = {name: {"Ref": "Other"} for name in source["Properties"]}
    other = {"Type": source["Type"], "Properties": renamed}
    assert problems(repeated_sources, {"One": source, "Two": other}) == []


QUEUE_ACTIONS = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
STREAM_VERBS = ["DescribeStream", "GetRecords", "GetShardIterator"]


def mapped(source: str, arn: Any, role_: dict[str, Any]) -> dict[str, Any]:
    mapping = resource(
        "AWS::Lambda::EventSourceMapping", FunctionName=FUNCTION_ARN, EventSourceArn=arn
    )
    return {"F": FUNCTION, "M": mapping, "Q": resource(source), "R": role_}


@pytest.mark.parametrize(
    ("source", "arn", "actions"),
    [
        ("AWS::SQS::Queue", {"Fn::GetAtt": ["Q", "Arn"]}, QUEUE_ACTIONS),
        (
            "AWS::DynamoDB::Table",
            {"Fn::GetAtt": ["Q", "StreamArn"]},
            [f"dynamodb:{verb}" for verb in [*STREAM_VERBS, "ListStreams"]],
        ),
        (
            "AWS::Kinesis::Stream",
            {"Fn::GetAtt": ["Q", "Arn"]},
            [f"kinesis:{verb}" for verb in [*STREAM_VERBS, "ListShards"]],
        ),
    ],
)
def test_a_mapping_needs_a_role_that_may_poll(
    problems: Callable[..., list[str]], source: str, arn: Any, actions: list[str]
) -> None:
    assert problems(mappings_without_rights, mapped(source, arn, role(actions, arn))) == []
    missing = mapped(source, arn, role(actions[1:], [arn]))
    (found,) = problems(mappings_without_rights, missing)
    assert found.startswith(f"M: the role R lacks {actions[0]} on Q\n")
    elsewhere = mapped(source, arn, role(actions, {"Ref": "Other"}))
    assert len(problems(mappings_without_rights, elsewhere)) == 1


def test_rights_from_elsewhere_are_not_judged(problems: Callable[..., list[str]]) -> None:
    arn = {"Fn::GetAtt": ["Q", "Arn"]}
    managed = role([], arn, ManagedPolicyArns=["arn:aws:iam::aws:policy/x"])
    assert problems(mappings_without_rights, mapped("AWS::SQS::Queue", arn, managed)) == []
    existing = mapped("AWS::SQS::Queue", arn, role([], arn))
    existing["F"] = resource("AWS::Lambda::Function", Role="arn:aws:iam::123456789012:role/x")
    assert problems(mappings_without_rights, existing) == []


def test_a_policy_of_its_own_counts(problems: Callable[..., list[str]]) -> None:
    arn = {"Fn::GetAtt": ["Q", "Arn"]}
    statement = {"Effect": "Allow", "Action": QUEUE_ACTIONS, "Resource": arn}
    policy = resource(
        "AWS::IAM::Policy", Roles=[{"Ref": "R"}], PolicyDocument={"Statement": [statement]}
    )
    resources = {**mapped("AWS::SQS::Queue", arn, resource("AWS::IAM::Role")), "Extra": policy}
    assert problems(mappings_without_rights, resources) == []
    statement["Effect"] = "Deny"
    assert len(problems(mappings_without_rights, resources)) == 1


@pytest.mark.parametrize(("hidden_s", "fits"), [(None, True), (30, True), (29, False)])
def test_a_queue_waits_for_its_function(
    problems: Callable[..., list[str]], hidden_s: int | None, fits: bool
) -> None:
    arn = {"Fn::GetAtt": ["Q", "Arn"]}
    resources = mapped("AWS::SQS::Queue", arn, role(QUEUE_ACTIONS, arn))
    if hidden_s is not None:
        resources["Q"] = resource("AWS::SQS::Queue", VisibilityTimeout=hidden_s)
    found = problems(impatient_queues, resources)
    assert found == [] if fits else found[0].startswith("Q: hides messages for 29 s")
