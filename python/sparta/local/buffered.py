"""Streamed answers as one: what a caller gets who does not read them piece by piece."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparta.local.invocation import Outcome

HTTP_CONTENT_TYPE = "application/vnd.awslambda.http-integration-response"
"""Of an answer that begins with a JSON object of status, headers and cookies."""
_SEPARATOR = bytes(8)


def buffered(outcome: Outcome) -> Outcome:
    """Return the outcome with a streamed answer in the form of one that was sent as a whole.

    An HTTP answer becomes API Gateway's envelope. One that an error cut short becomes that error:
    on AWS its reader gets what there is of the body, after a status that said success.
    """
    error = outcome.stream_error
    if error is not None:
        return replace(outcome, kind="error", body=error)
    if not outcome.is_streamed or outcome.headers.get("content-type") != HTTP_CONTENT_TYPE:
        return outcome
    prelude, separator, body = outcome.body.partition(_SEPARATOR)
    try:
        envelope = json.loads(prelude or b"{}")
    except ValueError:
        return outcome
    if not separator or not isinstance(envelope, dict):
        return outcome
    return replace(
        outcome, body=json.dumps({"statusCode": 200, **envelope, **_body(body)}).encode()
    )


def _body(body: bytes) -> dict[str, object]:
    try:
        return {"body": body.decode(), "isBase64Encoded": False}
    except UnicodeDecodeError:
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
