"""Workloads that an HTTP API (payload 2.0) sends: greet, take an order, refuse one.

Source of the events' shape:
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sparta.measure.subject import MeasureError
from workloads.workload import Exchange, expect, http_answer, shown

if TYPE_CHECKING:
    from sparta.local.runtime_api import Outcome

BODY_BYTES = 1536
DOMAIN = "abcde12345.execute-api.us-east-1.amazonaws.com"
CUSTOMER = "c-1042"
ITEMS = [
    {"sku": f"lamp-{number}", "quantity": number % 4 + 1, "price_cents": 1250 + 17 * number}
    for number in range(12)
]


def _body(items: list[dict[str, Any]]) -> str:
    body: dict[str, Any] = {
        "reference": "web-2026-000417",
        "items": items,
        "address": {"street": "Via Appia 1", "city": "Roma", "postcode": "00179"},
        "gift": False,
        "note": "",
    }
    body["note"] = "." * (BODY_BYTES - len(json.dumps(body)))
    return json.dumps(body)


def _event(
    method: str, path: str, body: str | None, query: dict[str, str], **more: object
) -> bytes:
    document = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "&".join(f"{name}={value}" for name, value in query.items()),
        "headers": {
            "accept": "application/json",
            "accept-encoding": "gzip, deflate, br",
            "content-length": str(len(body or "")),
            "content-type": "application/json",
            "host": DOMAIN,
            "user-agent": "benchmark/1.0",
            "x-amzn-trace-id": "Root=1-66f0c0de-0123456789abcdef01234567",
            "x-forwarded-for": "203.0.113.7",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
        },
        "queryStringParameters": query,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcde12345",
            "domainName": DOMAIN,
            "domainPrefix": "abcde12345",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "203.0.113.7",
                "userAgent": "benchmark/1.0",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1767225600000,
        },
        **more,
        "isBase64Encoded": False,
    }
    if body is not None:
        document["body"] = body
    return json.dumps(document).encode()


def _order(items: list[dict[str, Any]]) -> bytes:
    route = {"routeKey": "POST /customers/{customer}/orders"}
    parameters = {"pathParameters": {"customer": CUSTOMER}}
    path = f"/customers/{CUSTOMER}/orders"
    return _event("POST", path, _body(items), {"expand": "total"}, **route, **parameters)


def _greeted(outcome: Outcome) -> None:
    status, body = http_answer(outcome)
    expect("the status", status, 200)
    expect("the body", body, "Hello")


def _taken(outcome: Outcome) -> None:
    status, body = http_answer(outcome)
    expect("the status", status, 201)
    expect("the body", json.loads(body), ACCEPTED)


def _refused(outcome: Outcome) -> None:
    """Each framework words it its own way, but all name the field that is wrong."""
    status, body = http_answer(outcome)
    if status not in {400, 422}:
        raise MeasureError(f"the status is {status}, neither 400 nor 422: {shown(body)}")
    if not isinstance(json.loads(body), dict) or "quantity" not in body:
        raise MeasureError(f"the body does not name the wrong field: {shown(body)}")


def _signed(outcome: Outcome) -> None:
    """The address of an upload is signed anew each time: all but that must be equal."""
    status, body = http_answer(outcome)
    expect("the status", status, 201)
    answer = json.loads(body)
    upload = answer.pop("upload", "")
    expect("the body without its upload", answer, ACCEPTED)
    if not upload.startswith("https://") or "Signature=" not in upload:
        raise MeasureError(f"no signed address: {shown(upload)}")


ACCEPTED = {
    "id": f"{CUSTOMER}/web-2026-000417",
    "customer": CUSTOMER,
    "lines": len(ITEMS),
    "city": "Roma",
    "total_cents": sum(item["quantity"] * item["price_cents"] for item in ITEMS),  # type: ignore[operator]
}
HELLO = Exchange(_event("GET", "/hello", None, {}, routeKey="GET /hello"), _greeted)
ORDERS = Exchange(_order(ITEMS), _taken)
ORDERS_INVALID = Exchange(
    _order([*ITEMS[:5], {**ITEMS[5], "quantity": "three"}, *ITEMS[6:]]), _refused
)
TYPICAL = Exchange(ORDERS.event, _signed)
