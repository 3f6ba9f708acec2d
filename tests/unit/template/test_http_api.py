"""The HTTP API: routes, integrations, and permissions as narrow as one pattern can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.function import Function
from sparta.app.http_api import HttpApi
from sparta.template import check, synthesize
from sparta.template.logical_id import function_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.template import Template


def handler(event: dict[str, Any]) -> None: ...


def of_type(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    return {
        key: body["Properties"] for key, body in template.resources.items() if body["Type"] == kind
    }


def test_two_functions_behind_three_routes(application: Callable[..., Application]) -> None:
    one, two = Function(handler, name="one"), Function(handler, name="two")
    api = HttpApi("my orders").post("/orders", one).get("/orders/{id}", two).delete("/all", two)
    template = synthesize(application(api=api))
    ((api_id, body),) = of_type(template, "AWS::ApiGatewayV2::Api").items()
    assert body == {"Name": "my orders", "ProtocolType": "HTTP", "Description": "Takes orders"}
    integrations = of_type(template, "AWS::ApiGatewayV2::Integration")
    by_function = {
        found["IntegrationUri"]["Fn::GetAtt"][0]: logical_id
        for logical_id, found in integrations.items()
    }
    assert set(by_function) == {function_id("one"), function_id("two")}
    assert {found["PayloadFormatVersion"] for found in integrations.values()} == {"2.0"}
    routes = of_type(template, "AWS::ApiGatewayV2::Route").values()
    assert {found["RouteKey"]: found["Target"]["Fn::Sub"] for found in routes} == {
        "POST /orders": f"integrations/${{{by_function[function_id('one')]}}}",
        "GET /orders/{id}": f"integrations/${{{by_function[function_id('two')]}}}",
        "DELETE /all": f"integrations/${{{by_function[function_id('two')]}}}",
    }
    (stage,) = of_type(template, "AWS::ApiGatewayV2::Stage").values()
    assert stage == {"ApiId": {"Ref": api_id}, "StageName": "$default", "AutoDeploy": True}
    assert template.outputs["myordersUrl"]["Value"] == {"Fn::GetAtt": [api_id, "ApiEndpoint"]}
    assert check(template) == []


@pytest.mark.parametrize(
    ("routes", "pattern"),
    [
        ([("GET", "/orders")], "GET/orders"),
        ([("ANY", "/orders")], "*/orders"),
        ([("GET", "/orders/{id}")], "GET/orders/*"),
        ([("GET", "/{path+}")], "GET/*"),
        ([("GET", "/orders"), ("POST", "/orders")], "*/orders"),
        ([("GET", "/orders"), ("GET", "/orders/{id}")], "GET/orders*"),
        ([("GET", "/orders/{id}/a"), ("GET", "/orders/{id}/b")], "GET/orders/*/*"),
        ([("GET", "/a"), ("PUT", "/b")], "*/*"),
        ([("GET", "/")], "GET/"),
    ],
)
def test_one_permission_covers_the_routes_of_a_function(
    application: Callable[..., Application], routes: list[tuple[str, str]], pattern: str
) -> None:
    api, function = HttpApi("orders"), Function(handler)
    for method, path in routes:
        getattr(api, method.lower())(path, function)
    template = synthesize(application(api=api))
    (permission,) = of_type(template, "AWS::Lambda::Permission").values()
    (api_id,) = of_type(template, "AWS::ApiGatewayV2::Api")
    assert permission["SourceArn"] == {
        "Fn::Sub": "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:"
        f"${{{api_id}}}/*/{pattern}"
    }


def test_an_api_without_description_has_none(application: Callable[..., Application]) -> None:
    template = synthesize(application(api=HttpApi("orders"), description=""))
    (body,) = of_type(template, "AWS::ApiGatewayV2::Api").values()
    assert body == {"Name": "orders", "ProtocolType": "HTTP"}
