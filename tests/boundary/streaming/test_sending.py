"""Streamed answers on the wire: when each chunk leaves, and how they end."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.boundary.conftest import Deployment
    from tests.boundary.streaming.conftest import Start, Wire


def test_each_chunk_leaves_when_it_exists(
    deployment: Deployment, wire: Wire, started: Start
) -> None:
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
    function = started(deployment, source, wire)
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


def test_a_stream_is_known_though_the_handler_is_the_first_to_import_it(
    one_deployment: Deployment, wire: Wire, started: Start
) -> None:
    source = """
def entry(event):
    if event is None:
        return "whole"
    from sparta.model.streamed import stream
    return stream(["a"])
"""
    started(one_deployment, source, wire)
    wire.give(b"null")
    assert "Lambda-Runtime-Function-Response-Mode: streaming" not in wire.head()
    assert wire.stream.read(len(b'"whole"')) == b'"whole"'
    wire.accept()
    for request_id in ("r2", "r3"):
        wire.give(b"1", request_id)
        assert "Lambda-Runtime-Function-Response-Mode: streaming" in wire.head()
        assert (wire.chunk(), wire.chunk(), wire.trailers()) == (b"a", b"", {})
        wire.accept()


def test_a_failure_in_the_middle_ends_in_trailers(
    deployment: Deployment, wire: Wire, started: Start
) -> None:
    source = """
def entry(event):
    yield "a"
    if event:
        raise ValueError("x" * event)
    raise KeyError("é")
"""
    function = started(deployment, source, wire)
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
        assert error["errorMessage"].startswith("xxx" if event == b"1000000" else "'é'")
        wire.accept()
    wire.give()
    assert "[ERROR] KeyError: 'é'" in function.log
    assert f"ValueError: {'x' * 1_000_000}" in function.log, "the log has all of it"


GENERATORS = {
    "generator": "def entry():",
    "async generator": "import asyncio\nasync def entry():",
}


@pytest.mark.parametrize("head", GENERATORS.values(), ids=GENERATORS)
def test_a_generator_is_closed_when_nobody_reads_it(
    deployment: Deployment,
    wire: Wire,
    head: str,
    started: Start,
    until: Callable[[Callable[[], bool]], None],
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
    function = started(deployment, source, wire)
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


def test_an_early_refusal_ends_the_stream(
    one_deployment: Deployment,
    wire: Wire,
    started: Start,
    until: Callable[[Callable[[], bool]], None],
) -> None:
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
    function = started(one_deployment, source, wire)
    wire.give()
    wire.head()
    wire.chunk()
    wire.refuse(413, b"too much")
    until(lambda: "closed" in function.log)
    wire.hang_up()
    wire.give()
    assert "did not take the answer to this event: 413 too much" in function.log


def test_other_threads_run_while_nobody_reads(
    one_deployment: Deployment,
    wire: Wire,
    started: Start,
    until: Callable[[Callable[[], bool]], None],
) -> None:
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
    function = started(one_deployment, source, wire)
    wire.give()
    until(lambda: "tick 19" in function.log)  # the chunk does not fit any buffer of the system
    wire.head()
    assert len(wire.chunk()) == 64_000_000


@pytest.mark.parametrize(
    ("status", "lives"), [(410, True), (413, True), (400, False), (403, False), (500, False)]
)
def test_what_lambda_says_at_the_end_counts(
    one_deployment: Deployment, wire: Wire, started: Start, status: int, lives: object
) -> None:
    function = started(one_deployment, "def entry():\n    yield 'a'\n", wire)
    wire.give()
    wire.head()
    assert (wire.chunk(), wire.chunk(), wire.trailers()) == (b"a", b"", {})
    wire.refuse(status, b"because")
    if lives:
        wire.give()
        assert f"did not take the answer to this event: {status} because" in function.log
    else:
        assert function.exit_status() == 1
        assert f"refused (streamed response): {status} because" in function.log
