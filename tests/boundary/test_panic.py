"""A panic of the library is an error that Lambda reports; memory does not grow with events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.boundary.conftest import Deployment, Function

EVENTS = 2_000
GROWTH_LIMIT_KB = 2_048


@pytest.fixture
def probing(
    make_deployment: Callable[[Path, Path, Path | None], Deployment],
    interpreter: Path,
    probing_library: Path,
    tmp_path: Path,
) -> Iterator[Deployment]:
    made = make_deployment(tmp_path, interpreter, probing_library)
    yield made
    made.close()


@pytest.mark.timeout(300)  # the first build of the library
def test_a_panic_becomes_an_error_and_the_next_event_is_served(probing: Deployment) -> None:
    source = """
import _sparta
def handler(event, context):
    if event == "panic":
        _sparta._panic()
    if event == "caught":
        try:
            _sparta._panic()
        except BaseException as error:
            return type(error).__name__
    return event
"""
    function = probing.start(source)
    outcome = function.invoke(b'"panic"', request_id="i")
    assert outcome.kind == "error"
    assert json.loads(outcome.body) == {
        "errorMessage": "The native core failed: probe",
        "errorType": "Runtime.NativeCoreError",
        "requestId": "i",
        "stackTrace": [],
    }
    assert "[ERROR] Runtime.NativeCoreError: The native core failed: probe" in function.log
    assert function.invoke(b'"caught"').body == b'"PanicException"'
    assert function.invoke(b"1").body == b"1"


def test_a_panic_while_starting_is_an_init_error(probing: Deployment) -> None:
    outcome = probing.start("import _sparta\n_sparta._panic()\n").invoke()
    assert outcome.kind == "init_error"
    assert json.loads(outcome.body)["errorType"] == "Runtime.NativeCoreError"


def test_depth_fits_the_stack_of_an_unoptimised_library(probing: Deployment) -> None:
    function = probing.start("def handler(event, _):\n    return event\n")
    event = b"[" * 5000 + b"]" * 5000
    assert function.invoke(event).body == event
    error = json.loads(function.invoke(b"[" * 1_000_000).body)
    assert error["errorType"] == "Runtime.UnmarshalError"


def resident_kb(function: Function) -> int:
    status = Path(f"/proc/{function.process.pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1])


@pytest.mark.unwatched
@pytest.mark.parametrize("leaks", [False, True])
def test_memory_does_not_grow(one_deployment: Deployment, leaks: bool) -> None:
    source = """
KEPT = []
def handler(event, context):
    if event["kept"]:
        KEPT.append(event)
    if event["fails"]:
        raise ValueError(event)
    return {"event": event, "text": "x" * 1000}
"""
    function = one_deployment.start(source)
    events = [
        json.dumps({"kept": leaks, "fails": fails, "rows": [{"id": f"é{n}"} for n in range(50)]})
        for fails in (False, True)
    ]
    for index in range(200):
        function.invoke(events[index % 2].encode())
    before = resident_kb(function)
    for index in range(EVENTS):
        function.invoke(events[index % 2].encode())
    grown = resident_kb(function) - before
    # The leaking handler proves that a leak would be seen.
    assert (grown > GROWTH_LIMIT_KB) is leaks, f"{grown} kB"
