"""Streamed answers on the wire: when each chunk leaves, how they end, and what they cost."""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from sparta.local.wire import read_request, response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from tests.boundary.conftest import Deployment, Function

EVENTS = """
from sparta.runtime.index import resolve
ENTRIES = {"entry": ("app", ("entry",))}
def __getattr__(name):
    return resolve(ENTRIES, name)
"""
TIMEOUT_S = 30.0
CHUNK_BYTES = 64 * 1024
CHUNKS = 320  # 20 MB
GROWTH_LIMIT_KB = 6 * 1024


def started(deployment: Deployment, source: str, **variables: str) -> Function:
    return deployment.start(source, "index.entry", files={"index.py": EVENTS}, **variables)


class Wire:
    """A Runtime API of which a test reads every byte when it likes."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(TIMEOUT_S)
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with contextlib.suppress(AttributeError):
            self.hang_up()
        self._listener.close()

    def give(self, event: bytes = b"null", request_id: str = "r1") -> None:
        """Wait for the function to ask for an event, and hand it over."""
        if not hasattr(self, "connection"):
            self.connection, _ = self._listener.accept()
            self.connection.settimeout(TIMEOUT_S)
            self.stream: BinaryIO = self.connection.makefile("rb")
        request = read_request(self.stream, self.connection.sendall)
        assert request is not None
        assert request.path.endswith("/invocation/next")
        headers = [("Lambda-Runtime-Aws-Request-Id", request_id)]
        self.connection.sendall(response(200, headers, event))

    def head(self) -> list[str]:
        """Return the lines of the head of the function's request."""
        lines = iter(self.stream.readline, b"\r\n")
        return [line.decode().strip() for line in lines]

    def chunk(self) -> bytes:
        """Return the next chunk, as soon as it is there."""
        size_bytes = int(self.stream.readline(), 16)
        content = self.stream.read(size_bytes)
        if size_bytes:
            assert self.stream.read(2) == b"\r\n"
        return content

    def trailers(self) -> dict[str, str]:
        """Return the lines after the last chunk."""
        lines = iter(self.stream.readline, b"\r\n")
        return dict(line.decode().strip().split(": ", 1) for line in lines)

    def accept(self) -> None:
        """Say that the answer is taken."""
        self.connection.sendall(response(202, [], b'{"status":"OK"}\n'))

    def hang_up(self) -> None:
        """Close the connection."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.stream.close()
        self.connection.close()
        del self.connection


@pytest.fixture
def wire() -> Iterator[Wire]:
    with Wire() as opened:
        yield opened


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)


def test_each_chunk_leaves_when_it_exists(deployment: Deployment, wire: Wire) -> None:
    source = """
import os, time
def wait_for(name):
    while not os.path.exists(name):
        time.sleep(0.005)
def entry():
    yield "first"
    wait_for("second")
    yield b""
    yield b"second"
    wait_for("third")
    yield "third"
"""
    function = started(deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
    wire.give()
    assert wire.head()[1:-1] == [
        "Content-Type: application/octet-stream",
        "Lambda-Runtime-Function-Response-Mode: streaming",
        "Transfer-Encoding: chunked",
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body",
        f"Host: {wire.address}",
    ]
    for name in (b"first", b"second", b"third"):
        (function.folder / name.decode()).touch()
        assert wire.chunk() == name
    assert wire.chunk() == b""
    assert wire.trailers() == {}
    wire.accept()
    wire.give()  # on the same connection


def test_a_failure_in_the_middle_ends_in_trailers(deployment: Deployment, wire: Wire) -> None:
    source = """
def entry(event):
    yield "a"
    if event:
        raise ValueError("x" * event)
    raise KeyError("é")
"""
    function = started(deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
    for event, error_type in ((b"0", "KeyError"), (b"1000000", "ValueError")):
        wire.give(event)
        wire.head()
        assert (wire.chunk(), wire.chunk()) == (b"a", b"")
        trailers = wire.trailers()
        assert list(trailers) == [
            "Lambda-Runtime-Function-Error-Type",
            "Lambda-Runtime-Function-Error-Body",
        ]
        assert trailers["Lambda-Runtime-Function-Error-Type"] == error_type
        text = trailers["Lambda-Runtime-Function-Error-Body"]
        assert len(str(trailers)) < 4096, "more is not read by servers that buffer 4 KB"
        error = json.loads(base64.b64decode(text, validate=True))
        assert (error["errorType"], error["requestId"]) == (error_type, "r1")
        wire.accept()
    assert error["errorMessage"].startswith("xxx")
    wire.give()
    assert "[ERROR] KeyError: 'é'" in function.log
    assert f"ValueError: {'x' * 1_000_000}" in function.log, "the log has all of it"


GENERATORS = {
    "generator": "def entry():",
    "async generator": "import asyncio\nasync def entry():",
}


@pytest.mark.parametrize("head", GENERATORS.values(), ids=GENERATORS)
def test_a_generator_is_closed_when_nobody_reads_it(
    deployment: Deployment, wire: Wire, head: str
) -> None:
    source = f"""
import os, time
{head}
    try:
        while True:
            yield "x" * 100
            time.sleep(0.005)
    except GeneratorExit:
        print("closed", flush=True)
        raise
    finally:
        print("finally", flush=True)
"""
    function = started(deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
    wire.give()
    wire.head()
    assert len(wire.chunk()) == 100
    wire.hang_up()
    until(lambda: "finally" in function.log)
    assert "closed\nfinally\n" in function.log
    wire.give()  # the process lives, and has connected again
    until(lambda: "Lambda did not take the answer to this event: " in function.log)
    wire.head()
    assert len(wire.chunk()) == 100


def test_an_early_refusal_ends_the_stream(one_deployment: Deployment, wire: Wire) -> None:
    source = """
import time
def entry():
    try:
        while True:
            yield b"x" * 1000
            time.sleep(0.001)
    finally:
        print("closed", flush=True)
"""
    function = started(one_deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
    wire.give()
    wire.head()
    wire.chunk()
    wire.connection.sendall(response(413, [], b"too much"))
    until(lambda: "closed" in function.log)
    wire.hang_up()
    wire.give()
    assert "did not take the answer to this event: 413 too much" in function.log


def test_other_threads_run_while_nobody_reads(one_deployment: Deployment, wire: Wire) -> None:
    source = """
import threading, time
def work():
    for count in range(20):
        print("tick", count, flush=True)
        time.sleep(0.01)
def entry():
    threading.Thread(target=work, daemon=True).start()
    yield b"x" * 64_000_000
"""
    function = started(one_deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
    wire.give()
    until(lambda: "tick 19" in function.log)  # the chunk does not fit any buffer of the system
    wire.head()
    assert len(wire.chunk()) == 64_000_000


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


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_twenty_megabytes_take_no_memory(
    one_deployment: Deployment, wire: Wire, source: str
) -> None:
    function = started(one_deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)

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


def test_a_file_is_streamed_and_closed(one_deployment: Deployment) -> None:
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


def test_sys_exit_in_a_stream_ends_the_process(one_deployment: Deployment) -> None:
    source = "import sys\ndef entry():\n    yield 'a'\n    sys.exit(3)\n"
    function = started(one_deployment, source)
    assert function.invoke().kind == "exit"
    assert function.exit_status() == 3


def test_a_failure_while_closing_is_logged(one_deployment: Deployment, wire: Wire) -> None:
    source = """
def entry():
    try:
        while True:
            yield "a"
    finally:
        raise OSError("not closed")
"""
    function = started(one_deployment, source, AWS_LAMBDA_RUNTIME_API=wire.address)
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


def test_the_nonce_of_the_invocation_goes_with_a_stream(one_deployment: Deployment) -> None:
    function = started(one_deployment, "def entry():\n    yield 'a'\n")
    outcome = function.invoke(invocation_id="nonce-1")
    assert outcome.headers["lambda-runtime-invocation-id"] == "nonce-1"
    assert outcome.body == b"a"


def test_what_does_not_stream_imports_nothing_for_it(one_deployment: Deployment) -> None:
    source = """
import sys
def entry(event):
    return sorted(name for name in sys.modules if "stream" in name or "pump" in name)
"""
    modules: Any = json.loads(started(one_deployment, source).invoke().body)
    assert "sparta.runtime.streaming" not in modules
    assert "sparta.runtime.pump" not in modules
