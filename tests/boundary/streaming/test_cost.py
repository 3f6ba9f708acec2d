"""What streams take, and what they leave behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.boundary.conftest import Deployment, Function
    from tests.boundary.streaming.conftest import Start, Wire

CHUNK_BYTES = 64 * 1024
CHUNKS = 320  # 20 MB
GROWTH_LIMIT_KB = 6 * 1024

SOURCES = {
    "generator": """
def entry(event):
    for number in range(event):
        yield bytes([number % 251]) * 65536
""",
    "async generator": """
import asyncio
async def entry(event):
    for number in range(event):
        await asyncio.sleep(0)
        yield bytes([number % 251]) * 65536
""",
    "stream of text": """
from sparta.model.streamed import stream
def entry(event):
    return stream(chr(number % 251) * 65536 for number in range(event))
""",
}


@pytest.mark.unwatched
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_twenty_megabytes_take_no_memory(
    one_deployment: Deployment, wire: Wire, source: str, started: Start
) -> None:
    function = started(one_deployment, source, wire)

    def streamed(chunks: int) -> tuple[int, int]:
        """Return how many bytes came, and the most memory the process has had, in KB."""
        wire.give(str(chunks).encode())
        wire.head()
        size_bytes = sum(len(chunk) for chunk in iter(wire.chunk, b""))
        assert wire.trailers() == {}
        wire.accept()
        return size_bytes, peak_kb(function)

    _, before_kb = streamed(8)
    size_bytes, after_kb = streamed(CHUNKS)
    assert size_bytes >= CHUNKS * CHUNK_BYTES
    assert after_kb - before_kb < GROWTH_LIMIT_KB


def peak_kb(function: Function) -> int:
    status = Path(f"/proc/{function.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def test_a_file_is_streamed_and_closed(one_deployment: Deployment, started: Start) -> None:
    source = """
from sparta.model.streamed import stream
def entry(event):
    global opened
    if event:
        return [opened.closed]
    opened = open(__file__, "rb")
    return stream(opened)
"""
    function = started(one_deployment, source)
    outcome = function.invoke(b"0")
    assert (outcome.is_streamed, outcome.body) == (True, source.encode())
    assert function.invoke(b"1").body == b"[true]"


def test_sys_exit_in_a_stream_ends_the_process(one_deployment: Deployment, started: Start) -> None:
    source = "import sys\ndef entry():\n    yield 'a'\n    sys.exit(3)\n"
    function = started(one_deployment, source)
    assert function.invoke().kind == "exit"
    assert function.exit_status() == 3


def test_a_failure_while_closing_is_logged(
    one_deployment: Deployment,
    wire: Wire,
    started: Start,
    until: Callable[[Callable[[], bool]], None],
) -> None:
    source = """
def entry():
    try:
        while True:
            yield "a"
    finally:
        raise OSError("not closed")
"""
    function = started(one_deployment, source, wire)
    wire.give()
    wire.head()
    wire.hang_up()
    until(lambda: "[ERROR] OSError: not closed" in function.log)
    wire.give()


def test_a_plain_handler_may_stream(one_deployment: Deployment) -> None:
    source = """
from sparta.model.streamed import stream
def handler(event, context):
    return stream(["a", "b"]) if event else [len(event)]
"""
    function = one_deployment.start(source)
    outcome = function.invoke(b"[1]")
    assert (outcome.is_streamed, outcome.body) == (True, b"ab")
    assert function.invoke(b"[]").body == b"[0]"


def test_the_nonce_of_the_invocation_goes_with_a_stream(
    one_deployment: Deployment, started: Start
) -> None:
    function = started(one_deployment, "def entry():\n    yield 'a'\n")
    outcome = function.invoke(invocation_id="nonce-1")
    assert outcome.headers["lambda-runtime-invocation-id"] == "nonce-1"
    assert outcome.body == b"a"


def test_what_does_not_stream_imports_nothing_for_it(
    one_deployment: Deployment, started: Start
) -> None:
    source = """
import sys
def entry(event):
    return sorted(name for name in sys.modules if "stream" in name or "pump" in name)
"""
    modules: Any = json.loads(started(one_deployment, source).invoke().body)
    assert "sparta.runtime.streaming" not in modules
    assert "sparta.runtime.pump" not in modules
