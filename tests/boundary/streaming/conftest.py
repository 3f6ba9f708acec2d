"""A Runtime API that a test plays itself, byte by byte, and functions that stream to it."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import TYPE_CHECKING, Protocol, Self

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

    def refuse(self, status: int, reason: bytes) -> None:
        """Say that the answer is not taken."""
        self.connection.sendall(response(status, [], reason))

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


class Start(Protocol):
    """Starts a function whose handler is `entry`; with a wire, that is its Runtime API."""

    def __call__(
        self, deployment: Deployment, source: str, wire: Wire | None = None
    ) -> Function: ...


def started(deployment: Deployment, source: str, wire: Wire | None = None) -> Function:
    files = {"index.py": EVENTS}
    if wire is None:
        return deployment.start(source, "index.entry", files=files)
    address = wire.address
    return deployment.start(source, "index.entry", files=files, AWS_LAMBDA_RUNTIME_API=address)


@pytest.fixture(name="started")
def given_started() -> Start:
    return started


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.01)


@pytest.fixture(name="until")
def given_until() -> Callable[[Callable[[], bool]], None]:
    return until
