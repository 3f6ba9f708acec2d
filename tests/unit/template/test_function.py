"""The function, its log group, its name, and what it learns of its resources."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.app.function import Function
from sparta.app.image import Image
from sparta.aws import Bucket, Table
from sparta.errors import TemplateError
from sparta.iam.statement import Statement
from sparta.template import synthesize
from sparta.template.function_name import function_name
from sparta.template.logical_id import function_id, part_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application


def handler() -> None: ...


def properties(application: Application, name: str) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(application).resources[function_id(name)]["Properties"]
    return found


def test_the_function_is_what_its_author_said(application: Callable[..., Application]) -> None:
    function = Function(
        handler,
        name="2 orders!",
        description="Takes them",
        memory_mb=256,
        timeout_s=9,
        environment={"LEVEL": "high"},
    )
    body = synthesize(application(function)).resources[function_id("2 orders!")]
    assert body["DependsOn"] == [part_id("LogGroup", "2 orders!")]
    found = body["Properties"]
    assert found["Architectures"] == ["arm64"]
    assert found["Code"] == {"S3Bucket": {"Ref": "CodeBucket"}, "S3Key": {"Ref": "CodeKey"}}
    assert found["Description"] == "Takes them"
    assert found["FunctionName"] == {"Fn::Sub": "${AWS::StackName}_2_orders_"}
    assert found["Handler"] == "index._2_orders_"
    assert found["MemorySize"] == 256
    assert found["Runtime"] == "python3.12"
    assert found["Timeout"] == 9
    assert found["Environment"]["Variables"]["LEVEL"] == "high"


def test_an_image_takes_the_handler_as_its_command(
    application: Callable[..., Application],
) -> None:
    made = replace(application(Function(handler), runtime="native"), image=Image())
    template = synthesize(made)
    found = template.resources[function_id("handler")]["Properties"]
    assert found["PackageType"] == "Image"
    assert found["Code"] == {"ImageUri": {"Ref": "ImageUri"}}
    assert found["ImageConfig"] == {"Command": ["index.handler"]}
    assert not {"Handler", "Runtime"} & found.keys()
    # AWS's base images start a wrapper as the managed runtimes do.
    assert found["Environment"]["Variables"]["AWS_LAMBDA_EXEC_WRAPPER"] == "/var/task/bootstrap"
    assert template.parameters.keys() == {"ImageUri"}


def test_the_log_group_goes_with_the_stack(application: Callable[..., Application]) -> None:
    body = synthesize(application(Function(handler))).resources[part_id("LogGroup", "handler")]
    assert body["DeletionPolicy"] == body["UpdateReplacePolicy"] == "Delete"
    assert body["Properties"] == {
        "LogGroupName": {"Fn::Sub": "/aws/lambda/${AWS::StackName}_handler"},
        "RetentionInDays": 14,
    }


def test_only_the_native_runtime_has_a_wrapper(application: Callable[..., Application]) -> None:
    function = Function(handler)
    native = properties(application(function, runtime="native"), "handler")
    pure = properties(application(function), "handler")
    wrapper = native["Environment"]["Variables"].pop("AWS_LAMBDA_EXEC_WRAPPER")
    assert wrapper == "/var/task/bootstrap"
    assert native == pure


def test_discovery_holds_what_the_function_uses_and_no_more(
    application: Callable[..., Application],
) -> None:
    orders, uploads = Table("Orders", key="id"), Bucket("Uploads")
    one = Function(
        handler, name="one", uses=[orders.read(), Statement(["s3:GetObject"], [f"{uploads.arn}/*"])]
    )
    two = Function(handler, name="two", uses=[uploads.read()], on=uploads.created())
    made = application(one, two)
    text = properties(made, "one")["Environment"]["Variables"]["SPARTA_DISCOVERY_INFO"]["Fn::Sub"]
    assert json.loads(text) == {
        "StackName": "${AWS::StackName}",
        "StackId": "${AWS::StackId}",
        "Region": "${AWS::Region}",
        "Resources": {"Orders": {"Ref": "${Orders}", "Arn": "${Orders.Arn}"}},
    }
    other = properties(made, "two")["Environment"]["Variables"]["SPARTA_DISCOVERY_INFO"]["Fn::Sub"]
    assert list(json.loads(other)["Resources"]) == ["Uploads"]


def test_tokens_in_the_environment_are_resolved(application: Callable[..., Application]) -> None:
    orders = Table("Orders", key="id")
    function = Function(handler, environment={"TABLE": orders.name, "ALL": f"{orders.arn}/*"})
    found = properties(application(function, resources=[orders]), "handler")
    assert found["Environment"]["Variables"]["TABLE"] == {"Ref": "Orders"}
    assert found["Environment"]["Variables"]["ALL"] == {"Fn::Sub": "${Orders.Arn}/*"}


@given(st.text("ab_ ", min_size=1), st.text("s", min_size=1, max_size=51))
def test_names_fit_whatever_their_length(name: str, service: str) -> None:
    found = function_name(service, name * 20).replace("\ue000AWS::StackName.Ref\ue001", service)
    assert len(found) <= 64
    assert found.startswith(f"{service}_")


def test_long_names_differ_where_their_ends_do() -> None:
    assert function_name("Orders", "x" * 80 + "1") != function_name("Orders", "x" * 80 + "2")


def test_a_service_name_that_leaves_no_room_is_refused(
    application: Callable[..., Application],
) -> None:
    made = application(Function(handler, name="take_an_order"), name="S" * 60)
    with pytest.raises(TemplateError, match="leaves 3 of the 64 characters"):
        synthesize(made)
    fitting = application(Function(handler, name="abc"), name="S" * 60)
    assert function_id("abc") in synthesize(fitting).resources
