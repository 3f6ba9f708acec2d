"""An HTTP API: one integration per function, one route per route, everything else by default.

Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-using-iam-policies-to-invoke-api.html
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sparta.iam.builder import arn
from sparta.model.token import Token
from sparta.template.intrinsics import get_att, ref
from sparta.template.logical_id import function_id, logical_id, part_id
from sparta.template.permission import permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function
    from sparta.app.http_api import HttpApi, Route
    from sparta.template.template import Body

_PATH_VARIABLE = re.compile(r"\{[^}]*\}")
_ANY = "ANY"


def api_id(api: HttpApi) -> str:
    """Return the logical id of the API itself."""
    return logical_id("HttpApi", api.name)


def api_resources(api: HttpApi, description: str) -> Iterator[tuple[str, Body, str]]:
    """Yield logical id, resource and the user's file and line of all that the API consists of."""
    yield api_id(api), _api(api, description), api.declared_at
    yield logical_id("HttpStage", api.name), _stage(api), api.declared_at
    for route in api.routes:
        yield (
            logical_id("HttpRoute", f"{api.name}/{route.key}"),
            _route(api, route),
            route.declared_at,
        )
    for function, routes in _by_function(api.routes):
        place = routes[0].declared_at
        yield _integration_id(api, function), _integration(api, function), place
        yield (
            part_id("HttpPermission", function.name, api.name),
            permission(
                function_id(function.name), "apigateway.amazonaws.com", _source_arn(api, routes)
            ),
            place,
        )


def _api(api: HttpApi, description: str) -> Body:
    properties = {"Name": api.name, "ProtocolType": "HTTP", "Description": description}
    return {
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": {name: value for name, value in properties.items() if value},
    }


def _stage(api: HttpApi) -> Body:
    return {
        "Type": "AWS::ApiGatewayV2::Stage",
        "Properties": {"ApiId": ref(api_id(api)), "AutoDeploy": True, "StageName": "$default"},
    }


def _integration_id(api: HttpApi, function: Function[Any, Any]) -> str:
    return part_id("HttpIntegration", function.name, api.name)


def _integration(api: HttpApi, function: Function[Any, Any]) -> Body:
    return {
        "Type": "AWS::ApiGatewayV2::Integration",
        "Properties": {
            "ApiId": ref(api_id(api)),
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": get_att(function_id(function.name)),
            "PayloadFormatVersion": "2.0",
        },
    }


def _route(api: HttpApi, route: Route) -> Body:
    return {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {
            "ApiId": ref(api_id(api)),
            "RouteKey": route.key,
            "Target": f"integrations/{Token(_integration_id(api, route.function))}",
        },
    }


def _by_function(routes: Iterable[Route]) -> list[tuple[Function[Any, Any], list[Route]]]:
    found: dict[int, tuple[Function[Any, Any], list[Route]]] = {}
    for route in routes:
        found.setdefault(id(route.function), (route.function, []))[1].append(route)
    return list(found.values())


def _source_arn(api: HttpApi, routes: list[Route]) -> str:
    """Return the pattern over the routes of one function, as narrow as one pattern can be.

    One permission per function, because a function's policy holds 20 KB and it may have any
    number of routes.
    """
    methods = {"*" if route.method == _ANY else route.method for route in routes}
    method = methods.pop() if len(methods) == 1 else "*"
    paths = sorted({_PATH_VARIABLE.sub("*", route.path) for route in routes})
    path = paths[0] if len(paths) == 1 else _common_start(paths) + "*"
    return arn("execute-api", f"{Token(api_id(api))}/*/{method}{path}")


def _common_start(paths: list[str]) -> str:
    """Return the characters all paths start with; ARN patterns match those, not parts of a path."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(paths), max(paths), strict=False))
    return "".join(character for character, _ in pairs).rstrip("*")
