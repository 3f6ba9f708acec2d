"""What handlers do to a process: one that lives answers the next event, whatever happened."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.boundary.conftest import Deployment

HANDLER = """
import os, sys, threading
class TextError(Exception):
    def __str__(self):
        raise RuntimeError("no text")
class Odd(Exception):
    __name__ = 3
class Getter:
    def __getattr__(self, name):
        raise ValueError(name)
class Fields:
    def _asdict(self):
        raise LookupError("no fields")
class Endless:
    def _asdict(self):
        return {"again": Endless()}
class Changing(dict):
    def items(self):
        self["more"] = 1
        return super().items()
class Lying(list):
    def __iter__(self):
        raise OSError("lying")
    __len__ = lambda self: 10**9
class Text(str):
    __str__ = __repr__ = lambda self: 3
def endless():
    return endless()
def circle():
    found = []
    found.append(found)
    return found
async def coroutine():
    return 1
def fail(error):
    raise error
def closed():
    sys.stdout.close()
def without_a_stream():
    sys.stdout = sys.stderr = None
    raise KeyError("nowhere to log")
def deleted():
    sys.modules.pop("sys", None); sys.modules.pop("os", None)
def own_modules():
    sys.modules.clear()
def lower_limit():
    sys.setrecursionlimit(60)
    try:
        return endless()
    finally:
        sys.setrecursionlimit(1000)
def thread_error():
    thread = threading.Thread(target=fail, args=(SystemExit(9),))
    thread.start(); thread.join()
def many():
    return [fail] * 3
def gone():
    os.chdir("/"); os.environ.clear()
def handler(event, context):
    return eval(event)
"""

CASES = {
    "fail(ValueError('x'))": "ValueError",
    "fail(TextError())": "TextError",
    "fail(Odd())": "Odd",
    "fail(StopIteration())": "StopIteration",
    "fail(ExceptionGroup('g', [ValueError()]))": "ExceptionGroup",
    "fail(OSError(chr(0xdc80)))": "OSError",
    "fail(type(chr(0xdc80).encode('utf-8', 'replace').decode() * 3, (Exception,), {})())": "???",
    "endless()": "RecursionError",
    "lower_limit()": "RecursionError",
    "coroutine()": "Runtime.MarshalError",
    "circle()": "Runtime.MarshalError",
    "chr(0xd800)": "Runtime.MarshalError",
    "{chr(0xd800): 1}": "Runtime.MarshalError",
    "Getter()": "Runtime.MarshalError",
    "Fields()": "Runtime.MarshalError",
    "Endless()": "Runtime.MarshalError",
    "many()": "Runtime.MarshalError",
    "thread_error()": None,
    "Changing(a=1)": None,
    "Text('x')": None,
    "'x' * 7_000_000": "Function.ResponseSizeTooLarge",
    "fail(ValueError('x' * 7_000_000))": "ValueError",
    "b'x' * 7_000_000": "Function.ResponseSizeTooLarge",
    "gone()": None,
    "deleted()": None,
}


def test_a_process_lives_through_what_handlers_do(deployment: Deployment) -> None:
    function = deployment.start(HANDLER)
    for expression, error_type in CASES.items():
        outcome = function.invoke(json.dumps(expression).encode())
        if error_type is None:
            assert outcome.kind == "response", (expression, outcome)
            continue
        assert outcome.kind == "error", (expression, outcome.kind, function.log)
        error = json.loads(outcome.body)
        assert error["errorType"] == error_type, (expression, error)
        assert list(error) == ["errorMessage", "errorType", "requestId", "stackTrace"]
        assert f"[ERROR] {error_type}" in function.log, expression
        assert function.invoke(b'"[1, 2]"').body == b"[1, 2]", expression
    assert function.process.poll() is None


@pytest.mark.parametrize("expression", ["closed()", "without_a_stream()", "own_modules()"])
def test_a_process_without_streams_or_modules_still_answers(
    deployment: Deployment, expression: str
) -> None:
    function = deployment.start(HANDLER)
    assert function.invoke(json.dumps(expression).encode()).kind in {"response", "error"}
    assert function.invoke(b'"fail(KeyError(1))"').kind == "error"
    assert function.invoke(b'"3"').body == b"3"


FORKS = """
import os, sys, time
import concurrent.futures, multiprocessing
def double(number):
    return number * 2
def child(pipe):
    pipe.send(os.getpid()); pipe.close()
def fork(event):
    pid = os.fork()
    if not pid:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
def process(event):
    multiprocessing.set_start_method(event["method"], force=True)
    mine, theirs = multiprocessing.Pipe()
    started = multiprocessing.Process(target=child, args=(theirs,))
    started.start()
    found = mine.recv()
    started.join()
    return found != os.getpid(), started.exitcode
def pool(event):
    context = multiprocessing.get_context(event["method"])
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as executor:
        return list(executor.map(double, range(4)))
def left(event):
    if not os.fork():
        time.sleep(30)
        os._exit(0)
def popen(event):
    import subprocess
    return subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True).returncode
def handler(event, context):
    return globals()[event["name"]](event)
"""


def test_forks_and_child_processes(deployment: Deployment) -> None:
    function = deployment.start(FORKS)
    cases: list[tuple[dict[str, str], Any]] = [({"name": "fork"}, 7), ({"name": "popen"}, 0)]
    for method in ("fork", "spawn", "forkserver"):
        cases += [
            ({"name": "process", "method": method}, [True, 0]),
            ({"name": "pool", "method": method}, [0, 2, 4, 6]),
        ]
    for event, expected in cases:
        outcome = function.invoke(json.dumps(event).encode())
        assert json.loads(outcome.body) == expected, (event, function.log)
    assert function.process.poll() is None
    assert "RuntimeError" not in function.log


def test_a_child_that_stays_does_not_hold_the_event(one_deployment: Deployment) -> None:
    function = one_deployment.start(FORKS)
    started_s = time.monotonic()
    assert function.invoke(b'{"name": "left"}').body == b"null"
    assert function.invoke(b'{"name": "fork"}').body == b"7"
    assert time.monotonic() - started_s < 10


def test_signals_while_there_is_no_event(one_deployment: Deployment) -> None:
    source = """
import signal
SEEN = []
def fail(*_):
    raise LookupError("by a signal")
signal.signal(signal.SIGUSR1, lambda *_: SEEN.append(1))
signal.signal(signal.SIGUSR2, fail)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
def handler(event, context):
    return len(SEEN)
"""
    function = one_deployment.start(source)
    assert function.invoke().body == b"0"
    for _ in range(20):  # many, one after the other, in the middle of a wait
        function.process.send_signal(signal.SIGUSR1)
        time.sleep(0.01)
    assert int(function.invoke().body) >= 10
    function.process.send_signal(signal.SIGSTOP)  # frozen and thawed
    time.sleep(0.3)
    function.process.send_signal(signal.SIGCONT)
    assert function.invoke().kind == "response"
    function.process.send_signal(signal.SIGUSR2)
    assert function.exit_status() == 1
    assert "LookupError: by a signal" in function.log


def test_a_thread_that_never_ends(one_deployment: Deployment) -> None:
    source = """
import threading, time
def work():
    while True:
        sum(range(1000))
def handler(event, context):
    threading.Thread(target=work, daemon=True).start()
    return event
"""
    function = one_deployment.start(source)
    for number in range(5):
        assert function.invoke(b"%d" % number).body == b"%d" % number
    assert function.process.poll() is None
