"""What a handler learns of who invoked, beside AWS's client (C33-C41, C44, C54)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conformance.observed.conftest import Starter

SHOW = """
import os
def handler(event, context):
    client, identity = context.client_context, context.identity
    context.custom = client
    return {
        "vars": sorted(vars(context)),
        "repr": repr(context),
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
        "child": os.popen("printenv _X_AMZN_TRACE_ID").read() if event == "child" else None,
        "tenant": context.tenant_id,
        "w3c": context.w3c(),
        "identity": [identity.cognito_identity_id, identity.cognito_identity_pool_id],
        "client": None if client is None else [
            client.custom,
            client.env,
            None if client.client is None else [
                getattr(client.client, name) for name in (
                    "installation_id",
                    "app_title",
                    "app_version_name",
                    "app_version_code",
                    "app_package_name",
                )
            ],
        ],
    }
"""
MOBILE = {
    "client": {"installation_id": "i", "app_title": "è", "app_version_code": 7, "more": 1},
    "custom": {"a": [1, None]},
    "env": {"locale": "en"},
}
TRACE = "Root=1-5e1b4151-43a0913a12345678;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:0"
INVOCATIONS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "trace": {"trace_id": TRACE},
    "tenant": {"tenant_id": "blue è".encode().decode("latin-1")},
    "mobile": {"client_context": json.dumps(MOBILE)},
    "mobile, not much": {"client_context": '{"client": {}, "env": null}'},
    "mobile, no client": {"client_context": '{"client": null, "custom": 5}'},
    "empty": {"client_context": "{}"},
    "null": {"client_context": "null", "cognito_identity": "null"},
    "w3c": {
        "client_context": json.dumps(
            {
                "custom": {},
                "w3c": {"traceparent": "00-1", "tracestate": 5, "baggage": "b", "x": "y"},
            }
        )
    },
    "w3c that is none": {"client_context": '{"w3c": "text"}'},
    "identity": {
        "cognito_identity": '{"cognitoIdentityId": "id", "cognitoIdentityPoolId": "pool"}'
    },
    "half an identity": {"cognito_identity": '{"cognitoIdentityId": "id"}'},
    "arn": {"function_arn": "arn:aws:lambda:us-east-1:123456789012:function:orders:live"},
}
UNREADABLE = {
    "client context": {"client_context": "{"},
    "client context, text": {"client_context": '{"a": 1} x'},
    "identity": {"cognito_identity": "identity"},
}


@pytest.fixture
def pair(start: Starter) -> list[Any]:
    return [start(runtime, SHOW) for runtime in ("aws", "native")]


def test_every_invocation_looks_the_same(pair: list[Any]) -> None:
    """One process each: nothing of an invocation may be left for the next."""
    for name, values in INVOCATIONS.items():
        one, other = (
            json.loads(
                function.invoke(b'"child"', request_id="id", deadline_ms=None, **values).body
            )
            for function in pair
        )
        assert one == other, name
        assert "_epoch_deadline_time_in_ms" in one["vars"]
        assert one["child"].strip() == values.get("trace_id", ""), name


@pytest.mark.parametrize("name", UNREADABLE)
def test_headers_that_cannot_be_read(pair: list[Any], name: str) -> None:
    values = UNREADABLE[name]
    outcomes = [function.invoke(request_id="id", **values) for function in pair]
    assert [outcome.kind for outcome in outcomes] == ["error"] * 2
    assert outcomes[0].body == outcomes[1].body
    assert b"Runtime.LambdaContextUnmarshalError" in outcomes[0].body
    assert pair[0].output == pair[1].output
    assert all(function.invoke().kind == "response" for function in pair)


@pytest.mark.parametrize("event", [b"1", b"{"], ids=["response", "error"])
def test_the_invocation_id_is_sent_back(pair: list[Any], event: bytes) -> None:
    for function in pair:
        outcome = function.invoke(event, invocation_id="nonce-1")
        assert outcome.headers["lambda-runtime-invocation-id"] == "nonce-1"
        assert "lambda-runtime-invocation-id" not in function.invoke(event).headers
