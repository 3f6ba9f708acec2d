"""Sources that wait for an answer: permissions on one source, and resources in no circle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta import events, triggers
from sparta.app.function import Function
from sparta.aws import Bucket, DeliveryStream
from sparta.cfn import Resource
from sparta.iam import allow
from sparta.template import check, synthesize
from sparta.template.logical_id import function_id, part_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.template import Template

    Make = Callable[..., Application]

ARN = {"Fn::GetAtt": [function_id("handler"), "Arn"]}
LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/front/50dc/f2f7"


def handler() -> None: ...


def other() -> None: ...


def of_type(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    return {key: body for key, body in template.resources.items() if body["Type"] == kind}


def test_a_user_pool_may_be_used_by_the_function_it_invokes(application: Make) -> None:
    users = Resource("Users", "AWS::Cognito::UserPool", attributes=["Arn"])
    right = allow("cognito-idp:AdminGetUser").on(users.get_att("Arn"))
    trigger = triggers.cognito(users, events.PostConfirmation)
    template = synthesize(application(Function(handler, uses=[right], on=trigger)))
    assert check(template) == []
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Properties"]["SourceArn"] == {"Fn::GetAtt": ["Users", "Arn"]}
    settings = template.resources["Users"]["Properties"]["LambdaConfig"]
    assert settings["PostConfirmation"]["Fn::Sub"].endswith("function:${AWS::StackName}_handler")


def test_a_user_pool_invokes_the_alias_where_there_is_one(application: Make) -> None:
    users = Resource("Users", "AWS::Cognito::UserPool")
    trigger = triggers.cognito(users, events.PreSignUp)
    template = synthesize(application(Function(handler, alias="live", on=trigger)))
    settings = template.resources["Users"]["Properties"]["LambdaConfig"]
    assert settings["PreSignUp"]["Fn::Sub"].endswith("function:${AWS::StackName}_handler:live")
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Properties"]["FunctionName"] == {"Ref": part_id("Alias", "handler")}


def test_an_existing_user_pool_gets_the_permission_only(application: Make) -> None:
    pool = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e"
    trigger = triggers.cognito(pool, events.PreSignUp)
    template = synthesize(application(Function(handler, on=trigger)))
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Properties"]["SourceArn"] == pool
    assert of_type(template, "AWS::Cognito::UserPool") == {}


def test_a_target_group_waits_for_its_permission_and_not_the_other_way(application: Make) -> None:
    on = (
        triggers.alb(LISTENER, priority=1, paths=["/a"]),
        triggers.alb(LISTENER, priority=2, paths=["/b"]),
    )
    template = synthesize(application(Function(handler, on=on)))
    assert check(template) == []
    permissions = of_type(template, "AWS::Lambda::Permission")
    groups = of_type(template, "AWS::ElasticLoadBalancingV2::TargetGroup")
    assert {group["DependsOn"][0] for group in groups.values()} == permissions.keys()
    for group in groups.values():
        name = group["Properties"]["Name"]
        permission = permissions[group["DependsOn"][0]]["Properties"]
        assert name in permission["SourceArn"]["Fn::Join"][1]
        shown, stack = name["Fn::Join"][1]
        assert len(f"{shown}-12345678") <= 32
        assert stack["Fn::Select"][0] == 0
    assert len({str(group["Properties"]["Name"]) for group in groups.values()}) == 2


def test_the_log_of_a_function_is_there_before_its_subscription(application: Make) -> None:
    source = Function(other)
    template = synthesize(application(Function(handler, on=triggers.logs(source))))
    (subscription,) = of_type(template, "AWS::Logs::SubscriptionFilter").values()
    assert part_id("LogGroup", "other") in subscription["DependsOn"]
    assert function_id("other") in template.resources
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    assert permission["Properties"]["SourceAccount"] == {"Ref": "AWS::AccountId"}
    arn = permission["Properties"]["SourceArn"]["Fn::Sub"]
    assert arn.endswith(":log-group:/aws/lambda/${AWS::StackName}_other:*")


def test_a_delivery_stream_may_invoke_its_function_and_write_to_its_bucket(
    application: Make,
) -> None:
    clicks = DeliveryStream("Clicks", bucket=Bucket("Kept"))
    template = synthesize(application(Function(handler, on=clicks.records(retries=2))))
    assert check(template) == []
    (policy,) = of_type(template, "AWS::IAM::Policy").values()
    assert policy["Properties"]["Roles"] == [{"Ref": "ClicksRole"}]
    (right,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert right["Resource"] == [
        ARN,
        {"Fn::Sub": f"${{{function_id('handler')}.Arn}}:$LATEST"},
    ]
    properties = template.resources["Clicks"]["Properties"]["ExtendedS3DestinationConfiguration"]
    (processor,) = properties["ProcessingConfiguration"]["Processors"]
    assert {"ParameterName": "LambdaArn", "ParameterValue": ARN} in processor["Parameters"]
    assert {"ParameterName": "NumberOfRetries", "ParameterValue": "2"} in processor["Parameters"]
    role = template.resources["ClicksRole"]["Properties"]["Policies"][0]["PolicyDocument"]
    assert {str(each["Resource"]) for each in role["Statement"]} == {
        "[{'Fn::GetAtt': ['Kept', 'Arn']}]",
        "[{'Fn::Sub': '${Kept.Arn}/*'}]",
    }
