"""The context object, as AWS's client makes it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment, Function

ATTRIBUTES = [
    "aws_request_id",
    "log_group_name",
    "log_stream_name",
    "function_name",
    "memory_limit_in_mb",
    "function_version",
    "invoked_function_arn",
    "tenant_id",
    "_w3c_fields",
    "client_context",
    "identity",
    "_epoch_deadline_time_in_ms",
]
SHOW = """
import sys
def handler(event, context):
    if event:
        return eval(event, {"context": context, "sys": sys})
"""


def shown(function: Function, expression: str, **values: Any) -> Any:
    outcome = function.invoke(json.dumps(expression).encode(), **values)
    assert outcome.kind == "response", outcome
    return json.loads(outcome.body)


def test_attributes(deployment: Deployment) -> None:
    function = deployment.start(SHOW)
    values = shown(
        function,
        "{key: str(value) if key == 'identity' else value for key, value in vars(context).items()}",
        request_id="id-1",
        deadline_ms=1_999_999_999_999,
        function_arn="arn:aws:lambda:us-east-1:123456789012:function:orders:live",
        tenant_id="blue",
    )
    assert list(values) == ATTRIBUTES
    assert values == {
        "aws_request_id": "id-1",
        "log_group_name": "/aws/lambda/orders",
        "log_stream_name": "stream",
        "function_name": "orders",
        "memory_limit_in_mb": "128",
        "function_version": "$LATEST",
        "invoked_function_arn": "arn:aws:lambda:us-east-1:123456789012:function:orders:live",
        "tenant_id": "blue",
        "_w3c_fields": {},
        "client_context": None,
        "identity": "CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None])",
        "_epoch_deadline_time_in_ms": 1_999_999_999_999,
    }


def test_representation(one_deployment: Deployment) -> None:
    function = one_deployment.start(SHOW)
    assert shown(function, "repr(context)", request_id="id-1", function_arn="arn:f") == (
        "LambdaContext([aws_request_id=id-1,log_group_name=/aws/lambda/orders,"
        "log_stream_name=stream,function_name=orders,memory_limit_in_mb=128,"
        "function_version=$LATEST,invoked_function_arn=arn:f,client_context=None,"
        "identity=CognitoIdentity([cognito_identity_id=None,cognito_identity_pool_id=None]),"
        "tenant_id=None])"
    )


def test_it_is_a_plain_object_of_its_own(deployment: Deployment) -> None:
    function = deployment.start(
        """
SEEN = []
def handler(event, context):
    import weakref
    weakref.ref(context)
    assert not hasattr(context, "mine")
    context.mine = event
    context.function_name = "changed"
    del context.tenant_id
    SEEN.append(context)
    return [seen.mine for seen in SEEN], context.function_name, hasattr(context, "tenant_id")
"""
    )
    assert json.loads(function.invoke(b"1").body) == [[1], "changed", False]
    assert json.loads(function.invoke(b"2").body) == [[1, 2], "changed", False]


def test_remaining_time(deployment: Deployment) -> None:
    function = deployment.start(SHOW)
    deadline_ms = int(time.time() * 1000) + 20_000
    left = shown(function, "context.get_remaining_time_in_millis()", deadline_ms=deadline_ms)
    assert 10_000 < left <= 20_000
    stopped = "setattr(sys.modules['time'], 'time', lambda: 5.0)"
    text = f"[{stopped}, context.get_remaining_time_in_millis()][1]"
    assert shown(function, text, deadline_ms=deadline_ms) == deadline_ms - 5_000
    past = f"[{stopped.replace('5.0', '1e11')}, context.get_remaining_time_in_millis()][1]"
    assert shown(function, past, deadline_ms=deadline_ms) == 0


def test_mobile_clients(one_deployment: Deployment) -> None:
    function = one_deployment.start(SHOW)
    client_context = {
        "client": {"installation_id": "i", "app_title": "t"},
        "custom": {"a": 1},
        "env": None,
        "w3c": {"traceparent": "00-1", "tracestate": 3, "other": "x"},
    }
    text = (
        "[context.client_context.client.installation_id,"
        " context.client_context.client.app_version_code, context.client_context.custom,"
        " context.client_context.env, context.w3c(), repr(context.client_context),"
        " context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id]"
    )
    identity = {"cognitoIdentityId": "c", "cognitoIdentityPoolId": "p"}
    assert shown(
        function,
        text,
        client_context=json.dumps(client_context),
        cognito_identity=json.dumps(identity),
    ) == [
        "i",
        None,
        {"a": 1},
        None,
        {"traceparent": "00-1"},
        (
            "ClientContext([custom={'a': 1},env=None,client=Client([installation_id=i,app_title=t,"
            "app_version_name=None,app_version_code=None,app_package_name=None])])"
        ),
        "c",
        "p",
    ]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ({"client_context": "{"}, "Client Context"),
        ({"cognito_identity": "{"}, "Cognito Identity"),
    ],
)
def test_unreadable_headers(one_deployment: Deployment, header: dict[str, Any], name: str) -> None:
    outcome = one_deployment.start(SHOW).invoke(b"null", **header)
    error = json.loads(outcome.body)
    assert error["errorType"] == "Runtime.LambdaContextUnmarshalError"
    assert error["errorMessage"].startswith(f"Unable to parse {name} JSON: Expecting property")


def test_log_writes_as_it_is(one_deployment: Deployment) -> None:
    source = "def handler(event, context):\n    context.log(event)\n    context.log(5)\n"
    function = one_deployment.start(source)
    assert function.invoke('"one è\\n"'.encode()).kind == "response"
    assert function.log == "one è\n5"


def test_the_class_of_aws_client_is_its_class(one_deployment: Deployment) -> None:
    source = """
def handler(event, context):
    from awslambdaric.lambda_context import LambdaContext
    import awslambdaric.lambda_context as module
    return [isinstance(context, LambdaContext), module.LOADED, type(module.__loader__).__name__]
"""
    function = one_deployment.start(source)
    package = function.folder / "awslambdaric"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "lambda_context.py").write_text("class LambdaContext: ...\nLOADED = 1\n")
    assert json.loads(function.invoke().body) == [True, 1, "SourceFileLoader"]
