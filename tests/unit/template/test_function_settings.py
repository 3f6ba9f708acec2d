"""What options become: properties, the rights of the role, versions that follow the function."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.function import Function
from sparta.app.http_api import HttpApi
from sparta.app.surroundings import FileSystem, Logging, Vpc
from sparta.aws import Queue
from sparta.cfn.resource import Resource
from sparta.errors import TemplateError
from sparta.template import check, synthesize
from sparta.template.logical_id import function_id, part_id, role_id
from sparta.triggers.clock import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

    Make = Callable[..., Application]

ACCESS_POINT = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1"
NETWORK = Vpc(["subnet-0a1b2c3d"], ["sg-0a1b2c3d"])


def handler(event: Any) -> None: ...


def statements(application: Make, **options: Any) -> list[dict[str, Any]]:
    template = synthesize(application(Function(handler, **options)))
    role = template.resources[role_id("Orders", "handler")]["Properties"]
    assert check(template) == []
    found: list[dict[str, Any]] = role["Policies"][0]["PolicyDocument"]["Statement"]
    return found


@pytest.mark.parametrize(
    ("target", "action", "resource"),
    [
        (Queue("Failed"), "sqs:SendMessage", {"Fn::GetAtt": ["Failed", "Arn"]}),
        (Resource("News", "AWS::SNS::Topic"), "sns:Publish", {"Ref": "News"}),
        (
            Resource("Bus", "AWS::Events::EventBus", {"Name": "orders"}),
            "events:PutEvents",
            {"Fn::GetAtt": ["Bus", "Arn"]},
        ),
        (
            "arn:aws:sqs:us-east-1:123456789012:failed",
            "sqs:SendMessage",
            "arn:aws:sqs:us-east-1:123456789012:failed",
        ),
    ],
)
def test_sending_takes_one_right_on_the_target(
    application: Make, target: Any, action: str, resource: Any
) -> None:
    logs, sending = statements(application, on_failure=target)
    assert sending == {"Effect": "Allow", "Action": [action], "Resource": [resource]}
    assert "logs:PutLogEvents" in logs["Action"]


def test_a_function_as_destination_is_named_so_that_there_is_no_cycle(application: Make) -> None:
    one, two = Function(handler, name="one", alias="live"), Function(handler, name="two")
    one.options["on_success"], two.options["on_failure"] = two, one
    template = synthesize(application(one, two))
    assert check(template) == []
    text = json.dumps(template.resources[role_id("Orders", "two")])
    assert "function:${AWS::StackName}_one:live" in text
    config = template.resources[part_id("EventInvokeConfig", "two")]["Properties"]
    assert config["DestinationConfig"] == {
        "OnFailure": {"Destination": {"Ref": part_id("Alias", "one")}}
    }


def test_a_file_system_is_reached_through_its_access_point_only(application: Make) -> None:
    mounted = FileSystem(ACCESS_POINT, "/mnt/a")
    found = statements(application, vpc=NETWORK, file_system=mounted)
    (mounting,) = [each for each in found if "elasticfilesystem:ClientMount" in each["Action"]]
    assert mounting["Action"] == ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    assert mounting["Condition"]["StringEquals"] == {
        "elasticfilesystem:AccessPointArn": ACCESS_POINT
    }
    read_only = FileSystem(ACCESS_POINT, "/mnt/a", read_only=True)
    text = json.dumps(statements(application, vpc=NETWORK, file_system=read_only))
    assert "ClientWrite" not in text


def test_the_network_is_for_lambda_and_not_for_the_code(application: Make) -> None:
    found = statements(application, vpc=NETWORK)
    (denied,) = [each for each in found if each["Effect"] == "Deny"]
    allowed = {
        action for each in found if each["Effect"] == "Allow" for action in each["Action"]
    } - {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert set(denied["Action"]) == allowed
    assert "lambda:SourceFunctionArn" in denied["Condition"]["ArnEquals"]
    everything = [each["Action"] for each in found if each["Resource"] == ["*"]]
    assert ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"] in everything


def test_a_log_group_of_the_authors_is_the_only_one_written_to(application: Make) -> None:
    template = synthesize(
        application(Function(handler, logging=Logging("JSON", group="shared"), tracing="Active"))
    )
    assert part_id("LogGroup", "handler") not in template.resources
    text = json.dumps(template.resources[role_id("Orders", "handler")])
    assert "log-group:shared:*" in text
    assert "/aws/lambda/" not in text
    properties = template.resources[function_id("handler")]["Properties"]
    assert properties["LoggingConfig"] == {"LogFormat": "JSON", "LogGroup": "shared"}


def version_of(application: Make, **options: Any) -> Any:
    template = synthesize(application(Function(handler, **{"alias": "live", **options})))
    return template.resources[part_id("Version", "handler")]["Properties"]


@pytest.mark.parametrize(
    ("options", "same"),
    [
        ({}, True),
        ({"tags": {"a": "b"}}, True),
        ({"reserved_concurrency": 3}, True),
        ({"recursion": "Allow"}, True),
        ({"retries": 1}, True),
        ({"log_retention_days": 1}, True),
        ({"memory_mb": 256}, False),
        ({"environment": {"A": "b"}}, False),
        ({"description": "other"}, False),
        ({"snap_start": True}, False),
    ],
)
def test_a_version_changes_with_what_it_freezes(
    application: Make, options: dict[str, Any], same: bool
) -> None:
    found = version_of(application, **options)
    assert (found == version_of(application)) is same
    assert found["Description"]["Fn::Sub"].startswith("${CodeKey} ")


def test_all_that_invokes_goes_by_the_alias(application: Make) -> None:
    jobs = Queue("Jobs")
    function: Function[Any, Any] = Function(
        handler, provisioned_concurrency=1, on=(jobs.messages(), schedule("rate(1 day)"))
    )
    template = synthesize(application(function, api=HttpApi("orders").get("/", function)))
    assert check(template) == []
    target = function_id("handler")
    kept = {"AWS::Lambda::Alias", "AWS::Lambda::Version"}
    others = [body for body in template.resources.values() if body["Type"] not in kept]
    assert target not in json.dumps(others)
    alias = template.resources[part_id("Alias", "handler")]["Properties"]
    assert alias["Name"] == "live"
    assert alias["ProvisionedConcurrencyConfig"] == {"ProvisionedConcurrentExecutions": 1}


def test_a_version_follows_the_layers_of_its_stack(application: Make) -> None:
    template = synthesize(application(Function(handler, alias="live")), ("dependencies",))
    assert check(template) == []
    function = template.resources[function_id("handler")]["Properties"]
    text, numbers = template.resources[part_id("Version", "handler")]["Properties"]["Description"][
        "Fn::Sub"
    ]
    assert text.endswith(" ${Layer0}")
    (layer,) = function["Layers"]
    assert numbers == {"Layer0": {"Fn::Select": [7, {"Fn::Split": [":", layer]}]}}


def test_layers_of_both_kinds_are_counted_together(application: Make) -> None:
    layers = [f"arn:aws:lambda:us-east-1:123456789012:layer:one:{n}" for n in range(1, 6)]
    synthesize(application(Function(handler, layers=layers)))
    with pytest.raises(TemplateError, match="'handler' would have 6 layers: 5 of layers= and 1"):
        synthesize(application(Function(handler, layers=layers)), ("dependencies",))
