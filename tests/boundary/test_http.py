"""Requests and responses of HTTP: what Rust makes of them is what `sparta.runtime.http` makes."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from sparta.errors import EventError
from sparta.model.model import Model
from sparta.model.response import Response
from sparta.runtime.http import body_of, refusal_of, response_of
from sparta.runtime.schema import schema_of

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment, Function

INDEX = """
from sparta.runtime.index import resolve
ENTRIES = {name: ("app", (name,)) for name in NAMES}
def __getattr__(name):
    return resolve(ENTRIES, name)
"""
RESULTS = """
from decimal import Decimal
import sparta
from sparta.model.request import Request
from sparta.model.response import Response

def results(request: Request[str]):
    return eval(request.body)
"""
BODIES = """
from typing import Any
from sparta.model.model import Model
from sparta.model.request import Request

class Order(Model):
    sku: str
    qty: int = 1

def typed(request: Request[Order]): return repr(request.body)
def maybe(request: Request[Order | None]): return repr(request.body)
def anything(request: Request[Any]): return repr(request.body)
def text(request: Request[str]): return repr(request.body)
def raw(request: Request[bytes]): return repr(request.body)
def maybe_raw(request: Request[bytes | None]): return repr(request.body)
def numbers(request: Request[list[int]]): return repr(request.body)
"""


class Order(Model):
    sku: str
    qty: int = 1


TYPES: dict[str, Any] = {
    "typed": Order,
    "maybe": Order | None,
    "anything": Any,
    "text": str,
    "raw": bytes,
    "maybe_raw": bytes | None,
    "numbers": list[int],
}
JSON_HEADERS = {"headers": {"Content-Type": "application/vnd.api+JSON"}}
EVENTS: list[dict[str, Any]] = [
    {},
    {"body": None},
    {"body": 5},
    {"body": ""},
    {"body": '{"sku": "a", "qty": 2}'},
    {"body": '{"sku": "a", "qty": 2}', **JSON_HEADERS},
    {"body": '{"sku": 1, "qty": "2"}'},
    {"body": "[1, 2, 3]", "headers": {"x": "y"}},
    {"body": "[1, 2,]"},
    {"body": "{", **JSON_HEADERS},
    {"body": "null", "isBase64Encoded": False},
    {"body": "è \ud800"},
    {"body": base64.b64encode(b'{"sku": "\xc3\xa8"}').decode(), "isBase64Encoded": True},
    {"body": base64.b64encode(b"\xff\x00").decode(), "isBase64Encoded": True},
    {"body": "AAA", "isBase64Encoded": True},
    {"body": "AA=A", "isBase64Encoded": True},
    {"body": "AA==\n", "isBase64Encoded": True},
    {"body": "é", "isBase64Encoded": True},
    {"body": "1", "headers": None},
]


def served(deployment: Deployment, source: str, names: list[str], handler: str) -> Function:
    index = INDEX.replace("NAMES", repr(names))
    return deployment.start(source, f"index.{handler}", files={"index.py": index})


def written(core: Any, value: object) -> bytes:
    text: bytes = core.dumps(value)
    return text


@pytest.fixture(params=sorted(TYPES))
def body_function(
    request: pytest.FixtureRequest, one_deployment: Deployment
) -> tuple[Any, Function]:
    name: str = request.param
    return TYPES[name], served(one_deployment, BODIES, sorted(TYPES), name)


def test_bodies(core: Any, body_function: tuple[Any, Function]) -> None:
    annotation, function = body_function
    schema = schema_of(annotation)
    for event in EVENTS:
        try:
            expected = response_of(repr(body_of(event, schema)))
        except EventError as error:
            expected = refusal_of(error)
        outcome = function.invoke(json.dumps(event).encode())
        if "not valid JSON" in str(expected):  # the standard library's words differ
            assert b"body: not valid JSON: " in outcome.body
            assert outcome.body.startswith(b'{"statusCode": 400, ')
        else:
            assert outcome.body == written(core, expected), event


@pytest.mark.parametrize(
    "expression",
    [
        "None",
        "'text è'",
        "b'\\x00\\xff'",
        "{'a': [1, 2.5, None, True, 'è']}",
        "[]",
        "0",
        "(1, 2)",
        "{'statusCode': 302, 'headers': {'location': '/'}, 'extra': 1}",
        "{'statusCode': '302'}",
        "{'statusCode': True}",
        "Response()",
        "Response('text', status=404)",
        "Response({'a': 1}, status=201, headers={'X-One': '1', 'x-two': 'è'})",
        "Response({'a': 1}, headers={'Content-TYPE': 'application/problem+json'})",
        "Response(b'abc', headers={'a': 'b'}, cookies=['a=1', 'b=2'])",
        "Response(None, status=204, headers={'content-type': 'x'})",
        "Response('', headers={})",
    ],
)
def test_responses(core: Any, one_deployment: Deployment, expression: str) -> None:
    function = served(one_deployment, RESULTS, ["results"], "results")
    result = eval(expression, {"Response": Response})
    expected = written(core, response_of(result))
    outcome = function.invoke(json.dumps({"body": expression}).encode())
    assert outcome.body == expected
    assert outcome.headers["content-type"] == "application/json"


def test_a_response_may_hold_decimals(one_deployment: Deployment) -> None:
    function = served(one_deployment, RESULTS, ["results"], "results")
    outcome = function.invoke(json.dumps({"body": "{'price': Decimal('1.10')}"}).encode())
    assert json.loads(outcome.body)["body"] == '{"price": 1.10}'


def test_a_response_that_is_no_json_is_an_error(one_deployment: Deployment) -> None:
    function = served(one_deployment, RESULTS, ["results"], "results")
    for expression in (
        "{1, 2}",
        "Response({1, 2})",
        "'\\ud800'",
        "{'statusCode': 200, 'body': {1}}",
    ):
        outcome = function.invoke(json.dumps({"body": expression}).encode())
        error = json.loads(outcome.body)
        assert error["errorType"] == "Runtime.MarshalError", expression
        assert error["errorMessage"].startswith("Unable to marshal response: ")
        assert error["stackTrace"] == []


def test_an_envelope_in_ascii(one_deployment: Deployment) -> None:
    index = INDEX.replace("NAMES", "['results']")
    function = one_deployment.start(
        RESULTS,
        "index.results",
        files={"index.py": index},
        AWS_EXECUTION_ENV="AWS_Lambda_python3.11",
    )
    outcome = function.invoke(json.dumps({"body": "{'a': 'è'}"}).encode())
    assert json.loads(outcome.body)["body"] == '{"a": "è"}'
    assert outcome.body.isascii()


def test_a_refusal_is_logged_and_the_handler_is_not_called(deployment: Deployment) -> None:
    source = BODIES.replace("repr(request.body)", "1 / 0")
    function = served(deployment, source, ["typed"], "typed")
    outcome = function.invoke(b'{"body": "{\\"qty\\": \\"x\\"}"}', request_id="i")
    assert outcome.kind == "response"
    assert json.loads(json.loads(outcome.body)["body"]) == {
        "message": "The request is not valid",
        "errors": ["body.sku: missing", "body.qty: expected int, got str"],
    }
    assert function.log.startswith("[WARNING]\t")
    assert function.log.endswith(
        "Z\ti\tThe request is not valid: body.sku: missing; body.qty: expected int, got str\n"
    )


@pytest.mark.parametrize("event", [b"[]", b'"text"', b"null"])
def test_what_is_no_request(one_deployment: Deployment, event: bytes) -> None:
    function = served(one_deployment, BODIES, ["typed"], "typed")
    error = json.loads(function.invoke(event).body)
    assert error["errorType"] == "EventError"
    assert error["errorMessage"].startswith("event: expected object, got ")
