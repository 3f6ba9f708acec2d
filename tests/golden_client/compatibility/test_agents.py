"""Agents that put a handler of their own in front of the function's, as their wrappers do.

Datadog's wrapper sets `_HANDLER` to its own module and DD_LAMBDA_HANDLER to the function's, then
runs AWS's bootstrap; where the wrapper is Sparta's, the handler setting says the same.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.golden_client.compatibility.conftest import Compatibility
    from tests.golden_client.conftest import Seen

DATADOG = {
    "DD_API_KEY": "0" * 32,
    "DD_FLUSH_TO_LOG": "true",
    "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
    "DD_SERVICE": "orders",
}
EVENT = {
    "version": "2.0", "rawPath": "/orders", "headers": {"host": "example"},
    "requestContext": {
        "stage": "$default", "apiId": "a", "domainName": "d", "timeEpoch": 1,
        "routeKey": "$default",
        "http": {"method": "GET", "path": "/orders", "sourceIp": "1.1.1.1", "userAgent": "u"},
    },
}  # fmt: skip
SOURCE = """
from datadog_lambda.metric import lambda_metric
def handler(event, context):
    lambda_metric("shop.orders", 2, tags=["path:" + event["rawPath"]])
    if "fail" in event:
        raise LookupError("lost")
    return {"statusCode": 418, "body": context.aws_request_id}
"""
KEPT = (
    "request_id", "http.status_code", "http.url", "cold_start", "function_trigger.event_source",
    "error.message",
)  # fmt: skip
TYPE = "error.type"
"""With the class's module in front, which no error document has."""


def lines(seen: Seen) -> list[dict[str, Any]]:
    """Return what was written to standard output as JSON."""
    return [json.loads(line) for line in seen.stdout.splitlines() if line.startswith(b"{")]


def metrics(seen: Seen) -> list[Any]:
    """Return the metrics that were written, without their times."""
    return [[line["m"], line["v"], line["t"]] for line in lines(seen) if "m" in line]


def spans(seen: Seen) -> list[Any]:
    """Return what the spans of each event say of the event, its answer and its error."""
    every = [span for line in lines(seen) for part in line.get("traces", ()) for span in part]
    found = [span for span in every if span["name"] == "aws.lambda"]
    types = [span["meta"].get(TYPE, "").rpartition(".")[2] for span in found]
    return [
        [span["error"], *(span["meta"].get(name) for name in KEPT), error_type]
        for span, error_type in zip(found, types, strict=True)
    ]


def test_datadog_s_handler_in_front(compatibility: Compatibility) -> None:
    events = (EVENT, EVENT | {"fail": True}, EVENT)
    datadog = replace(compatibility, agent="datadog_lambda.handler.handler")
    aws, *doors = datadog.run(SOURCE, *events, **DATADOG)
    assert ["shop.orders", 2] in [found[:2] for found in metrics(aws)]
    assert [found[:4] for found in spans(aws)] == [
        [0, "request-0", "418", "https://d/orders"],
        [1, "request-1", "502", "https://d/orders"],
        [0, "request-2", "418", "https://d/orders"],
    ]
    for door in doors:
        assert door.kinds == aws.kinds == ["response", "error", "response"]
        assert [door.body_of(0), door.body_of(2)] == [aws.body_of(0), aws.body_of(2)]
        assert door.values[1]["errorMessage"] == "lost"
        assert metrics(door) == metrics(aws)
        assert spans(door) == spans(aws)
    # The core alone; AWS's client, since Datadog's module is in front; the core for each event.
    agents = [door.outcomes[0].headers["user-agent"].partition("/")[0] for door in doors]
    assert agents == ["sparta", "aws-lambda-python", "aws-lambda-python"]
    front = b"datadog_lambda.handler.handler, which may call _sparta_takeover"
    assert [door.stderr for door in doors] == [
        b"",
        b"sparta: AWS's client serves this function: it has the handler " + front + b"\n",
        b"sparta: another handler is in front: events are re-encoded\n",
    ]
