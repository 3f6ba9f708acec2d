from __future__ import annotations

import base64
import json
import sys
from collections import namedtuple
from decimal import Decimal
from typing import Any

import pytest
import simplejson  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparta.errors import EventError, Problem
from sparta.model.response import Response
from sparta.runtime.http import body_of, refusal_of, response_of

ANY, STR, BYTES, INT = ("any",), ("str",), ("bytes",), ("int",)
JSON_TYPE = {"content-type": "application/json"}
Pair = namedtuple("Pair", "left right")  # noqa: PYI024 - the kind AWS's client knows


@pytest.fixture(autouse=True, params=["json", "simplejson"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run each test with the parser of a test process, and with that of AWS's client."""
    name: str = request.param
    monkeypatch.delitem(sys.modules, "simplejson", raising=False)
    if name == "simplejson":
        monkeypatch.setitem(sys.modules, name, simplejson)
    return name


def encoded(body: bytes) -> dict[str, Any]:
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


@pytest.mark.parametrize(
    ("raw", "schema", "body"),
    [
        ({"body": '{"a": 1}', "headers": JSON_TYPE}, ANY, {"a": 1}),
        ({"body": "1", "headers": {"Content-Type": "application/problem+JSON"}}, ANY, 1),
        ({"body": '{"a": 1}', "headers": {"content-type": "text/plain"}}, ANY, '{"a": 1}'),
        ({"body": "{", "headers": None}, ANY, "{"),
        ({"body": ""}, ANY, ""),
        ({}, ANY, None),
        ({"body": None}, ANY, None),
        ({"body": None}, ("optional", INT), None),
        ({"body": "3"}, ("optional", INT), 3),
        ({"body": "null"}, ("optional", INT), None),
        ({"body": "a"}, STR, "a"),
        ({"body": "null"}, ("optional", STR), "null"),
        ({"body": "é"}, BYTES, "é".encode()),
        ({"body": "[1, 2]"}, ("list", INT), [1, 2]),
        (encoded(b"\x00\xff"), BYTES, b"\x00\xff"),
        (encoded(b"\x00\xff"), ("optional", BYTES), b"\x00\xff"),
        (encoded("é".encode()), STR, "é"),
        (encoded(b"[1]"), ("list", INT), [1]),
        (encoded(b""), STR, ""),
    ],
)
def test_bodies(raw: dict[str, Any], schema: tuple[Any, ...], body: object) -> None:
    assert body_of(raw, schema) == body


@pytest.mark.parametrize(
    ("raw", "schema", "text"),
    [
        ({}, STR, "body: missing"),
        ({"body": None}, ("list", INT), "body: missing"),
        ({"body": {"a": 1}}, ANY, "body: expected str, got object"),
        ({"body": "[1"}, ("list", INT), "body: not valid JSON: "),
        ({"body": "", "headers": JSON_TYPE}, ANY, "body: not valid JSON: "),
        ({"body": "NaN"}, ("float",), "body: not valid JSON: "),
        ({"body": "[" * 200_000}, ("list", ANY), "body: not valid JSON: "),
        ({"body": '["1"]'}, ("list", INT), "body[0]: expected int, got str"),
        ({"body": "a b=", "isBase64Encoded": True}, BYTES, "body: not valid base64"),
        ({"body": "é", "isBase64Encoded": True}, STR, "body: not valid base64"),
        (encoded(b"\xff"), STR, "body: not valid UTF-8"),
        (encoded(b"\xff"), ANY, "body: not valid UTF-8"),
        ({"body": "\ud800"}, BYTES, "body: not valid UTF-8"),
    ],
)
def test_bodies_that_do_not_fit(raw: dict[str, Any], schema: tuple[Any, ...], text: str) -> None:
    with pytest.raises(EventError) as caught:
        body_of(raw, schema)
    assert str(caught.value).startswith(text)


def test_json_results() -> None:
    envelope = response_of({"é": [1, None], "pair": Pair(1, "\u2028")})
    assert list(envelope) == ["statusCode", "headers", "body", "isBase64Encoded"]
    assert envelope["statusCode"] == 200
    assert envelope["headers"] == {"content-type": "application/json"}
    assert envelope["isBase64Encoded"] is False
    assert envelope["body"].startswith('{"é": [1, null], "pair": ')


@pytest.mark.parametrize(
    ("result", "envelope"),
    [
        (None, {"statusCode": 204, "headers": {}}),
        ({"statusCode": 418, "body": "tea"}, {"statusCode": 418, "body": "tea"}),
        (
            "é",
            {
                "statusCode": 200,
                "headers": {"content-type": "text/plain; charset=utf-8"},
                "body": "é",
                "isBase64Encoded": False,
            },
        ),
        (
            b"\x00\xff",
            {
                "statusCode": 200,
                "headers": {"content-type": "application/octet-stream"},
                "body": "AP8=",
                "isBase64Encoded": True,
            },
        ),
        (
            Response(status=304, headers={"etag": "x"}),
            {"statusCode": 304, "headers": {"etag": "x"}},
        ),
        (
            Response("<p>", headers={"Content-Type": "text/html"}, cookies=["a=1"]),
            {
                "statusCode": 200,
                "headers": {"Content-Type": "text/html"},
                "cookies": ["a=1"],
                "body": "<p>",
                "isBase64Encoded": False,
            },
        ),
        (
            Response([1], status=201, headers={"location": "/1"}),
            {
                "statusCode": 201,
                "headers": {"content-type": "application/json", "location": "/1"},
                "body": "[1]",
                "isBase64Encoded": False,
            },
        ),
        (
            {"statusCode": True},
            {
                "statusCode": 200,
                "headers": {"content-type": "application/json"},
                "body": '{"statusCode": true}',
                "isBase64Encoded": False,
            },
        ),
    ],
)
def test_envelopes(result: object, envelope: dict[str, Any]) -> None:
    found = response_of(result)
    assert found == envelope
    assert list(found) == list(envelope)


def test_what_has_no_json_form() -> None:
    with pytest.raises(TypeError) as caught:
        response_of([{1}])
    assert str(caught.value) == "Object of type set is not JSON serializable"


def test_the_refusal_lists_every_problem() -> None:
    error = EventError.of([Problem("missing", where="body.sku"), Problem("é", where="body")])
    assert refusal_of(error) == {
        "statusCode": 400,
        "headers": {"content-type": "application/json"},
        "body": (
            '{"message": "The request is not valid", "errors": ["body.sku: missing", "body: é"]}'
        ),
        "isBase64Encoded": False,
    }


def test_decimals_and_named_tuples_under_aws_client(parser: str) -> None:
    if parser == "json":
        with pytest.raises(TypeError, match=r"^Object of type Decimal is not JSON serializable$"):
            response_of([Decimal(1)])
        return
    assert response_of({"price": Decimal("1.10")})["body"] == '{"price": 1.10}'
    assert response_of([Decimal("NaN")])["body"] == "[NaN]"
    assert response_of(Pair(1, 2))["body"] == '{"left": 1, "right": 2}'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_bytes_come_back(body: bytes) -> None:
    envelope = response_of(body)
    assert body_of(envelope, BYTES) == body


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.lists(st.text())))
def test_json_comes_back(value: dict[str, Any]) -> None:
    envelope = response_of(Response(value))
    assert json.loads(envelope["body"]) == value
    assert body_of(envelope, ANY) == value
