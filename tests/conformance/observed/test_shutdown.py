"""SIGTERM: asked of Lambda by whoever wants it, and by nobody else."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.observed.conftest import Started, Starter

CALLBACKS = """
import sparta, sys, threading
@sparta.on_shutdown
def last():
    print("last", threading.current_thread() is threading.main_thread())
@sparta.on_shutdown
def failing():
    raise ValueError("no")
sparta.on_shutdown(lambda: print("first"))
def handler(event, context):
    return "enum" in sys.modules
"""
SIGNAL = """
import signal, sys
def ended(number, frame):
    print("signal", number)
    sys.exit(3)
signal.signal(signal.SIGTERM, ended)
import sparta
if {also}:
    sparta.on_shutdown(lambda: print("callback"))
def handler(event, context):
    return 1
"""
LIMIT_S = 10.0


def wait_for(condition: Callable[[], object]) -> None:
    deadline_s = time.monotonic() + LIMIT_S
    while not condition() and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert condition()


def terminated(function: Started) -> tuple[int, list[str]]:
    """Return the exit status, and what was written, after Lambda's way to end a process."""
    assert function.invoke().kind == "response"
    wait_for(lambda: function.api.waiting_extensions)
    assert function.api.wait_idle(LIMIT_S)
    function.process.terminate()
    status = function.process.wait(LIMIT_S)
    return status, function.output.decode().splitlines()


def test_callbacks_run_in_the_main_thread_the_last_one_first(start: Starter, client: str) -> None:
    function = start(client, CALLBACKS)
    status, lines = terminated(function)
    assert status == 0
    assert (lines[0], lines[2]) == ("first", "last True")
    failed = json.loads(lines[1])
    assert failed["message"] == "The shutdown callback failing failed"
    assert (failed["errorType"], failed["errorMessage"]) == ("ValueError", "no")
    assert function.api.extensions == ("sparta-shutdown",)


def test_a_signal_handler_of_the_application_is_enough(start: Starter) -> None:
    assert terminated(start("native", SIGNAL.format(also=False))) == (3, ["signal 15"])


def test_a_signal_handler_of_the_application_has_the_last_word(start: Starter, client: str) -> None:
    function = start(client, SIGNAL.format(also=True))
    assert terminated(function) == (3, ["callback", "signal 15"])


def test_the_thread_that_waits_is_the_only_one(start: Starter) -> None:
    counted = "import os\ndef handler(*_):\n    return len(os.listdir('/proc/self/task'))\n"
    assert start("native", counted).invoke().body == b"1"
    asked = f"import sparta\nsparta.on_shutdown(print)\n{counted}"
    assert start("native", asked).invoke().body == b"2"


def test_nobody_else_registers(start: Starter) -> None:
    function = start("native", "def handler(*_):\n    return 1\n")
    function.invoke()
    assert function.api.extensions == ()
    function.process.terminate()
    assert function.process.wait(LIMIT_S) == -15


def test_callbacks_cost_no_enumeration(start: Starter) -> None:
    assert (
        start(
            "native",
            CALLBACKS.replace(", threading", "").replace(
                "threading.current_thread() is threading.main_thread()", "1"
            ),
        )
        .invoke()
        .body
        == b"false"
    )


def test_outside_of_lambda_nothing_happens() -> None:
    import signal

    import sparta
    from sparta.runtime.shutdown import shutdown

    before = signal.getsignal(signal.SIGTERM)
    assert sparta.on_shutdown(print) is print
    assert signal.getsignal(signal.SIGTERM) is before
    shutdown.callbacks.clear()
