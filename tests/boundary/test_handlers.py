"""What Sparta leaves on a handler is obeyed: arguments, typed events, async, the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment, Function

INDEX = """
from sparta.runtime.index import resolve
ENTRIES = {"entry": ("app", ("entry",)), "lost": ("app", ("lost",))}
def __getattr__(name):
    return resolve(ENTRIES, name)
"""


def served(deployment: Deployment, source: str, handler: str = "index.entry") -> Function:
    return deployment.start(source, handler, files={"index.py": INDEX})


def error_of(outcome: Any) -> dict[str, Any]:
    assert outcome.kind in {"error", "init_error"}, outcome
    error: dict[str, Any] = json.loads(outcome.body)
    return error


@pytest.mark.parametrize(
    ("signature", "body"),
    [("", b"0"), ("event", b"1"), ("event, context", b"2"), ("*arguments", b"2")],
)
def test_argument_counts(one_deployment: Deployment, signature: str, body: bytes) -> None:
    source = f"def entry({signature}):\n    return len(locals().get('arguments', locals()))\n"
    assert served(one_deployment, source).invoke(b"{}").body == body


def test_async_handlers_share_one_loop(deployment: Deployment) -> None:
    source = """
import asyncio
LOOPS = set()
async def entry(event):
    await asyncio.sleep(0)
    LOOPS.add(id(asyncio.get_running_loop()))
    if event == 3:
        raise KeyError(event)
    return [event, len(LOOPS)]
"""
    function = served(deployment, source)
    assert function.invoke(b"1").body == b"[1, 1]"
    assert function.invoke(b"2").body == b"[2, 1]"
    error = error_of(function.invoke(b"3"))
    assert error["errorType"] == "KeyError"
    assert error["stackTrace"] == [
        f'  File "{function.folder}/app.py", line 8, in entry\n    raise KeyError(event)\n'
    ]


def test_asyncio_is_imported_at_start_and_only_for_async_handlers(
    one_deployment: Deployment,
) -> None:
    source = "import sys\nLOADED = []\n{}def entry():\n    return 'asyncio' in sys.modules\n"
    assert served(one_deployment, source.format("")).invoke().body == b"false"
    assert served(one_deployment, source.format("async ")).invoke().body == b"true"


def test_typed_events(deployment: Deployment) -> None:
    source = """
from sparta.model.model import Model
class Order(Model):
    sku: str
def entry(event: Order):
    return event.sku
"""
    function = served(deployment, source)
    assert function.invoke(b'{"sku": "a"}').body == b'"a"'
    error = error_of(function.invoke(b'{"sku": 1}'))
    assert error["errorType"] == "EventError"
    assert error["errorMessage"] == "event.sku: expected str, got int"
    assert error["stackTrace"] == []


def test_discovery_knows_that_the_handler_runs(one_deployment: Deployment) -> None:
    source = """
from sparta.runtime.discovery import attribute, discovered
AT_IMPORT = attribute("Orders", "Ref"), discovered.handler_name
def entry(event):
    return [*AT_IMPORT, attribute("Orders", "Arn"), discovered.handler_name]
"""
    discovery = {"Resources": {"Orders": {"Ref": "orders-1", "Arn": "arn:orders-1"}}}
    function = one_deployment.start(
        source,
        "index.entry",
        files={"index.py": INDEX},
        SPARTA_DISCOVERY_INFO=json.dumps(discovery),
    )
    assert json.loads(function.invoke(b"{}").body) == ["orders-1", "", "arn:orders-1", "entry"]


@pytest.mark.parametrize(
    ("source", "handler", "kind", "message"),
    [
        ("", "index.missing", "Runtime.HandlerNotFound", "'missing' missing on module 'index'"),
        ("", "index.lost", "AttributeError", "module 'app' has no attribute 'lost'"),
        ("1 / 0", "index.entry", "ZeroDivisionError", "division by zero"),
        ("import none", "index.entry", "ModuleNotFoundError", "No module named 'none'"),
        ("None.x", "index.entry", "AttributeError", "'NoneType' object has no attribute 'x'"),
        ("def entry(a, b, c): ...", "index.entry", "DeclarationError", "entry"),
    ],
)
def test_what_keeps_an_application_from_starting(
    deployment: Deployment, source: str, handler: str, kind: str, message: str
) -> None:
    function = served(deployment, source, handler)
    outcome = function.invoke()
    assert outcome.kind == "init_error"
    error = error_of(outcome)
    assert error["errorType"] == kind
    assert message in error["errorMessage"]
    for text in error["stackTrace"] if kind == "ZeroDivisionError" else ():
        assert f'File "{function.folder}/app.py", line 1, in <module>' in text


def test_frames_before_the_users_are_left_out(deployment: Deployment) -> None:
    function = served(deployment, "def helper():\n    1 / 0\nhelper()\n")
    stack = error_of(function.invoke())["stackTrace"]
    assert [text.split(", ", 1)[1] for text in stack] == [
        "line 3, in <module>\n    helper()\n",
        "line 2, in helper\n    1 / 0\n",
    ]
