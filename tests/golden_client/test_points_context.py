"""Points 35 to 41 of AWS's client: the context object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden

SHOW = """
import os, sys, time
def handler(event, context):
    return eval(event, globals(), {"context": context})
"""
CLIENT = json.dumps(
    {
        "custom": {"a": "é"},
        "env": {"locale": "it_IT"},
        "client": {"installation_id": "i", "app_title": "t", "app_version_code": 3, "more": 1},
        "w3c": {"traceparent": "00-1", "tracestate": 5, "baggage": "b=1", "other": "x"},
    }
)
COGNITO = json.dumps({"cognitoIdentityId": "id", "cognitoIdentityPoolId": "pool"})
DEADLINE_MS = 4_000_000_000_000


def same_context(golden: Golden, *expressions: str, **values: str | None) -> list[object]:
    """Hold that both sides show the same of their context."""
    events = [
        Invocation(json.dumps(text).encode(), deadline_ms=DEADLINE_MS, **values)  # type: ignore[arg-type]
        for text in expressions
    ]
    seen = golden.same(SHOW, *events)
    assert set(seen.kinds) == {"response"}
    return seen.values


def test_c35_attributes(golden: Golden) -> None:
    names = (
        "aws_request_id", "log_group_name", "log_stream_name", "function_name",
        "memory_limit_in_mb", "function_version", "invoked_function_arn", "tenant_id",
    )  # fmt: skip
    values = same_context(golden, *(f"context.{name}" for name in names), tenant_id="tenant")
    assert values[4] == "128"
    assert values[-1] == "tenant"
    assert same_context(golden, "context.tenant_id") == [None]


def test_c36_who_invoked(golden: Golden) -> None:
    shown = ("[context.identity.cognito_identity_id, context.identity.cognito_identity_pool_id]",
             "str(context.identity)", "context.client_context")  # fmt: skip
    assert same_context(golden, *shown)[0] == [None, None]
    assert same_context(golden, *shown, cognito_identity=COGNITO)[0] == ["id", "pool"]
    same_context(golden, *shown, cognito_identity="{}")
    same_context(golden, *shown, cognito_identity="null")


def test_c37_the_mobile_application(golden: Golden) -> None:
    shown = (
        "context.client_context.custom", "context.client_context.env",
        "str(context.client_context)", "context.client_context.client.app_version_code",
        "[context.client_context.client.app_title, context.client_context.client.installation_id]",
        "str(context.client_context.client)", "hasattr(context.client_context, 'other')",
    )  # fmt: skip
    same_context(golden, *shown, client_context=CLIENT)
    same_context(golden, "str(context.client_context)", client_context="{}")
    same_context(golden, "str(context.client_context)", client_context="null")


def test_c38_remaining_time(golden: Golden) -> None:
    source = """
import time
time.time = lambda: 3_999_999_999.25
def handler(event, context):
    time.time = lambda: event
    found = context.get_remaining_time_in_millis()
    return [found, type(found).__name__]
"""
    events = [Invocation(json.dumps(now_s).encode(), deadline_ms=DEADLINE_MS)
              for now_s in (3_999_999_999.25, 3_999_999_999.9999, 4e9, 5e9, 0)]  # fmt: skip
    seen = golden.same(source, *events)
    assert seen.values[0] == [750, "int"]
    assert seen.values[3] == [0, "int"]


@pytest.mark.parametrize("prelude", ["", "import logging\n"])
def test_c39_the_log_method(golden: Golden, prelude: str) -> None:
    source = f"{prelude}def handler(event, context):\n    return [context.log(x) for x in event]\n"
    seen = golden.same(source, '["a", "é\\n", 3, null, {"b": 1}, ""]'.encode())
    assert seen.stdout == "aé\n3None{'b': 1}".encode()


def test_c40_a_plain_object(golden: Golden) -> None:
    same_context(
        golden, "repr(context)", "str(context)", "sorted(vars(context))", "type(context).__name__",
        "setattr(context, 'own', 1) or context.own", "setattr(context, 'function_name', 'x')",
        "delattr(context, 'tenant_id') or hasattr(context, 'tenant_id')", "hasattr(context, 'own')",
        "list(vars(context))", "type(context).__module__", "context == context", "bool(context)",
        "getattr(context, 'absent', 'no')", "isinstance(hash(context), int)",
        "setattr(context, 'log', 3) or context.log",
        client_context=CLIENT, cognito_identity=COGNITO, tenant_id="t",
    )  # fmt: skip


def test_c40_the_trace_context(golden: Golden) -> None:
    (fields,) = same_context(golden, "context.w3c()", client_context=CLIENT)
    assert fields == {"traceparent": "00-1", "baggage": "b=1"}
    same_context(golden, "context.w3c()")
    same_context(golden, "context.w3c()", client_context='{"w3c": 3}')
    same_context(golden, "context.w3c() is context.w3c()", client_context=CLIENT)
    same_context(golden, "hasattr(context.client_context, 'w3c')", client_context=CLIENT)


def test_c40_copied_and_pickled(golden: Golden) -> None:
    same_context(golden, "__import__('copy').copy(context).aws_request_id")
    same_context(golden, "__import__('copy').deepcopy(context).function_name")


def test_c41_the_class_can_be_imported(golden: Golden) -> None:
    text = "isinstance(context, __import__('awslambdaric.lambda_context').lambda_context.{})"
    assert same_context(golden, text.format("LambdaContext")) == [True]
    imported = "from awslambdaric.lambda_context import LambdaContext, ClientContext, Client\n"
    source = (
        f"{imported}def handler(event, context: LambdaContext):\n"
        "    return [isinstance(context, LambdaContext), LambdaContext.__name__]\n"
    )
    assert golden.same(source).body == b'[true, "LambdaContext"]'
