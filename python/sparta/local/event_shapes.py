"""Gives events the shape that AWS gives them, where ministack's differs.

Only events from a source pass here, never those of a direct invocation: these stay as they are.
"""

from __future__ import annotations

from typing import Any


def as_on_aws(event: object) -> object:
    """Return the event in AWS's shape; unchanged where nothing is known to differ."""
    if not isinstance(event, dict):
        return event
    if is_http_api(event):
        return _http_api(event)
    if event.get("source") == "aws.scheduler" and event.get("detail") == {}:
        return event | {"detail": "{}"}  # EventBridge Scheduler sends text
    records = event.get("Records")
    if isinstance(records, list) and records and records[0].get("EventSource") == "aws:sns":
        return event | {"Records": [_sns(record) for record in records]}
    return event


def is_http_api(event: object) -> bool:
    """Return whether this is a request to an HTTP API, in payload format 2.0."""
    return (
        isinstance(event, dict)
        and event.get("version") == "2.0"
        and "http" in (event.get("requestContext") or {})
    )


def _http_api(event: dict[str, Any]) -> dict[str, Any]:
    """Move cookies to their own field.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    context = event["requestContext"]
    event = event | {"requestContext": context | {"domainPrefix": context.get("apiId", "")}}
    headers = dict(event.get("headers") or {})
    cookies = headers.pop("cookie", "")
    if not cookies:
        return event
    return event | {"headers": headers, "cookies": cookies.split("; ")}


def _sns(record: dict[str, Any]) -> dict[str, Any]:
    """Name the fields as a Lambda event does, which differs from what SNS posts to HTTP."""
    message = {"Subject": None, "MessageAttributes": {}, **record["Sns"]}
    for name in ("SigningCertURL", "UnsubscribeURL"):
        if name in message:
            message[f"{name[:-3]}Url"] = message.pop(name)
    return record | {"Sns": message}
