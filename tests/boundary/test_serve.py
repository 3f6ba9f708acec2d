"""The serve loop: events in, answers out, on each supported CPython."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment

ECHO = "def handler(event, context):\n    return event\n"
LIMIT_BYTES = 6 * 1024 * 1024 + 100
NEVER_LOADED = {
    "asyncio",
    "collections",
    "contextlib",
    "dataclasses",
    "enum",
    "functools",
    "json",
    "linecache",
    "logging",
    "os",
    "re",
    "site",
    "sparta",
    "tokenize",
    "traceback",
    "types",
    "typing",
}


def test_answers_event_after_event(deployment: Deployment) -> None:
    function = deployment.start(ECHO)
    for event in (b'{"a": [1, 2.5, "\xc3\xa9", null]}', b"[]", b'"text"', b"0"):
        outcome = function.invoke(event)
        assert (outcome.kind, outcome.body) == ("response", event)
        assert outcome.headers["content-type"] == "application/json"
        assert outcome.headers["user-agent"].startswith("sparta/")
    assert function.process.poll() is None


def test_loads_nothing_before_the_first_event(deployment: Deployment) -> None:
    source = "import sys\nLOADED = sorted(sys.modules)\ndef handler(*_):\n    return LOADED\n"
    function = deployment.start(source + "def later(*_):\n    return sorted(sys.modules)\n")
    assert not NEVER_LOADED & set(json.loads(function.invoke().body))
    other = deployment.start(source.replace("LOADED\n", "sorted(sys.modules)\n"))
    assert not NEVER_LOADED & set(json.loads(other.invoke().body))


def test_bytes_travel_as_they_are(deployment: Deployment) -> None:
    function = deployment.start("def handler(*_):\n    return b'\\x00\\xff'\n")
    outcome = function.invoke()
    assert (outcome.body, outcome.headers["content-type"]) == (b"\0\xff", "application/unknown")


@pytest.mark.parametrize("media_type", ["text/plain", "application/json; charset=utf-8"])
def test_other_media_types_reach_the_handler_as_bytes(
    one_deployment: Deployment, media_type: str
) -> None:
    function = one_deployment.start("def handler(event, _):\n    return repr(event)\n")
    assert function.invoke(b'{"a"', content_type=media_type).body == b'"b\'{\\"a\\"\'"'


def test_writes_ascii_where_aws_does(one_deployment: Deployment) -> None:
    function = one_deployment.start(
        "def handler(event, _):\n    return ['\\ud800', 'è😀\\x7f']\n",
        AWS_EXECUTION_ENV="AWS_Lambda_python3.11",
    )
    assert function.invoke().body == rb'["\ud800", "\u00e8\ud83d\ude00\u007f"]'


def test_large_events_and_responses(deployment: Deployment) -> None:
    function = deployment.start(ECHO)
    event = b'"' + b"x" * (LIMIT_BYTES - 2) + b'"'
    outcome = function.invoke(event)
    assert outcome.kind == "response"
    assert outcome.body == event


def test_a_response_over_the_limit_is_an_error_and_the_process_goes_on(
    one_deployment: Deployment,
) -> None:
    function = one_deployment.start("def handler(event, _):\n    return 'x' * event\n")
    outcome = function.invoke(str(LIMIT_BYTES - 1).encode())
    assert outcome.kind == "error"
    error = json.loads(outcome.body)
    assert error["errorType"] == "Function.ResponseSizeTooLarge"
    assert error["errorMessage"] == (
        f"The response is {LIMIT_BYTES + 1} bytes long; Lambda takes at most {LIMIT_BYTES}"
    )
    assert function.invoke(str(LIMIT_BYTES - 2).encode()).kind == "response"


def test_echoes_the_invocation_id(one_deployment: Deployment) -> None:
    function = one_deployment.start(ECHO)
    outcome = function.invoke(b"1", invocation_id="nonce")
    assert outcome.headers["lambda-runtime-invocation-id"] == "nonce"


def test_x_ray_trace_of_each_event(deployment: Deployment) -> None:
    source = """
import posix
def early(*_):
    return posix.environ.get(b"_X_AMZN_TRACE_ID", b"").decode()
def late(*_):
    import os, subprocess
    shown = subprocess.run(["env"], capture_output=True, text=True).stdout
    own = os.environ.get("_X_AMZN_TRACE_ID", "")
    assert ("_X_AMZN_TRACE_ID=" + own in shown) is bool(own), shown
    return own
"""
    for handler in ("app.early", "app.late"):
        function = deployment.start(source, handler)
        for trace in ("Root=1", "Root=2", "", "Root=3"):
            assert json.loads(function.invoke(trace_id=trace).body) == trace


def test_other_threads_run_while_there_is_no_event(one_deployment: Deployment) -> None:
    source = """
import threading, time
COUNT = [0]
def work():
    while True:
        COUNT[0] += 1
        time.sleep(0.001)
def handler(*_):
    if not COUNT[0]:
        threading.Thread(target=work, daemon=True).start()
    return COUNT[0]
"""
    function = one_deployment.start(source)
    function.invoke()
    first = json.loads(function.invoke().body)
    time.sleep(0.2)
    assert json.loads(function.invoke().body) > first + 20


def test_signal_handlers_run_between_events(deployment: Deployment) -> None:
    source = """
import signal
SEEN = []
signal.signal(signal.SIGUSR1, lambda *_: SEEN.append("usr1"))
def stop(*_):
    print("stopped", flush=True)
    raise SystemExit(7)
signal.signal(signal.SIGTERM, stop)
def handler(*_):
    return SEEN
"""
    function = deployment.start(source)
    assert function.invoke().body == b"[]"
    function.process.send_signal(signal.SIGUSR1)
    time.sleep(0.1)
    assert function.invoke().body == b'["usr1"]'
    function.process.send_signal(signal.SIGTERM)
    assert function.exit_status() == 7
    assert "stopped" in function.log


@pytest.mark.parametrize(("code", "status"), [("0", 0), ("3", 3), ("'why'", 1)])
def test_sys_exit_ends_the_process_and_posts_nothing(
    one_deployment: Deployment, code: str, status: int
) -> None:
    source = (
        f"import sys, atexit\natexit.register(print, 'bye')\ndef handler(*_): sys.exit({code})\n"
    )
    function = one_deployment.start(source)
    assert function.invoke().kind == "exit"
    assert function.exit_status() == status
    assert "bye" in function.log


def test_ends_when_the_runtime_api_is_gone(one_deployment: Deployment) -> None:
    function = one_deployment.start(ECHO)
    assert function.invoke(b"1").kind == "response"
    function.api.close()
    assert function.exit_status() == 1
    assert "RuntimeError: Lambda's Runtime API does not answer (" in function.log


def test_needs_lambda(one_deployment: Deployment) -> None:
    function = one_deployment.start(ECHO, AWS_LAMBDA_RUNTIME_API="")
    assert function.exit_status() == 1
    assert "Lambda's Runtime API does not answer" in function.log
