"""A streamed answer as one: the envelope, the error, and what is left as it is."""

from __future__ import annotations

import base64
import json

import pytest

from sparta.local.buffered import HTTP_CONTENT_TYPE, buffered
from sparta.local.invocation import Outcome

MODE = {"lambda-runtime-function-response-mode": "streaming"}
HTTP = {**MODE, "content-type": HTTP_CONTENT_TYPE}


@pytest.mark.parametrize(
    ("prelude", "body", "envelope"),
    [
        (
            b'{"statusCode": 201, "headers": {"a": "b"}, "cookies": ["c=1"]}',
            "é".encode(),
            {
                "statusCode": 201,
                "headers": {"a": "b"},
                "cookies": ["c=1"],
                "body": "é",
                "isBase64Encoded": False,
            },
        ),
        (b"{}", b"\xff", {"statusCode": 200, "body": "/w==", "isBase64Encoded": True}),
        (b"", b"", {"statusCode": 200, "body": "", "isBase64Encoded": False}),
        (b"{}", bytes(9), {"statusCode": 200, "body": bytes(9).decode(), "isBase64Encoded": False}),
    ],
)
def test_an_http_answer_becomes_the_envelope(
    prelude: bytes, body: bytes, envelope: dict[str, object]
) -> None:
    outcome = buffered(Outcome("response", prelude + bytes(8) + body, HTTP))
    assert (outcome.kind, json.loads(outcome.body)) == ("response", envelope)


@pytest.mark.parametrize(
    "outcome",
    [
        Outcome("response", b"{}" + bytes(8)),
        Outcome("response", b"{}" + bytes(8), MODE),
        Outcome("response", b"not JSON" + bytes(8), HTTP),
        Outcome("response", b"[]" + bytes(8), HTTP),
        Outcome("response", b"{}", HTTP),
        Outcome("error", b"{}"),
    ],
)
def test_anything_else_stays_as_it_is(outcome: Outcome) -> None:
    assert buffered(outcome) == outcome


def test_an_answer_that_was_cut_short_is_its_error() -> None:
    error = b'{"errorType": "KeyError"}'
    trailers = {
        "lambda-runtime-function-error-type": "KeyError",
        "lambda-runtime-function-error-body": base64.b64encode(error).decode(),
    }
    outcome = Outcome("response", b"{}" + bytes(8) + b"half", {**HTTP, **trailers})
    assert outcome.stream_error == error
    assert (buffered(outcome).kind, buffered(outcome).body) == ("error", error)


def test_trailers_that_are_no_base64_say_so() -> None:
    trailers = {
        "lambda-runtime-function-error-type": "KeyError",
        "lambda-runtime-function-error-body": "?",
    }
    outcome = Outcome("response", b"", {**MODE, **trailers})
    assert json.loads(outcome.stream_error or b"")["errorType"] == "Function.Unknown"


def test_headers_of_an_ordinary_answer_are_no_trailers() -> None:
    outcome = Outcome("response", b"1", {"lambda-runtime-function-error-type": "KeyError"})
    assert (outcome.is_streamed, outcome.stream_error) == (False, None)
