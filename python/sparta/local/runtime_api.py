"""The Runtime API of one execution environment, on a loopback port of its own.

    with RuntimeApi() as api:
        process = subprocess.Popen(..., env={"AWS_LAMBDA_RUNTIME_API": api.address, ...})
        api.watch(process)
        api.wait_ready(10.0)
        outcome = api.invoke(Invocation(b'{"key": 1}'))

It enforces what Lambda enforces: the order of calls, the request id, the payload limit. Source:
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import contextlib
import socket
import threading
from functools import partial
from typing import TYPE_CHECKING, Self

from sparta.local.extensions import BASE as EXTENSIONS
from sparta.local.extensions import Extensions
from sparta.local.invocation import Invocation, Outcome
from sparta.local.lifecycle import Lifecycle, Reply
from sparta.local.wire import Request, TruncatedRequestError, read_request, response

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from typing import BinaryIO

__all__ = ["Invocation", "Outcome", "RuntimeApi"]

_BASE = "/2018-06-01/"
_TRUNCATED = b'{"errorMessage":"The request body ended early","errorType":"TruncatedHTTPRequest"}\n'
_JSON = ("Content-Type", "application/json")


class RuntimeApi:
    """A server for one runtime process; a context manager that ends its threads and sockets.

    Args:
        snap_start: Whether the process is started for a snapshot, see `wait_snapshot`.
    """

    def __init__(self, *, snap_start: bool = False) -> None:
        self._lifecycle = Lifecycle()
        self._extensions = Extensions()
        self._snap_start = snap_start
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        """Value of AWS_LAMBDA_RUNTIME_API."""
        self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def invoke(self, invocation: Invocation) -> Outcome:
        """Send one event to the runtime and wait for what becomes of it.

        Returns:
            The outcome; "timeout" at the invocation's deadline, which leaves the process running.

        Raises:
            RuntimeError: Another event is running.
        """
        return self._lifecycle.submit(invocation)

    def wait_ready(self, timeout_s: float) -> bool:
        """Return whether the runtime asked for its first event within `timeout_s` seconds.

        Returns at once, and False, when it reported an init error or `process_exited` was called.
        """
        return self._lifecycle.wait_ready(timeout_s)

    def wait_snapshot(self, timeout_s: float) -> bool:
        """Return whether the runtime asked to be restored within `timeout_s` seconds."""
        return self._lifecycle.wait_snapshot(timeout_s)

    def restore(self) -> None:
        """Let the runtime go on as one that was restored from its snapshot."""
        self._lifecycle.restore()

    @property
    def extensions(self) -> tuple[str, ...]:
        """The names of extensions that are registered."""
        return self._extensions.registered

    @property
    def waiting_extensions(self) -> tuple[str, ...]:
        """The names of those that wait for an event."""
        return self._extensions.waiting

    def wait_idle(self, timeout_s: float) -> bool:
        """Return whether the runtime came back for the next event within `timeout_s` seconds."""
        return self._lifecycle.wait_idle(timeout_s)

    def process_exited(self, status: int | None) -> None:
        """Say that the runtime's process ended with `status` (as `Popen.returncode`)."""
        self._lifecycle.process_exited(status)

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for `process` in a thread and call `process_exited` when it has ended."""
        self._start(lambda: self._lifecycle.process_exited(process.wait()))

    def close(self) -> None:
        """Close every socket; a runtime that waits for an event sees its connection end."""
        with self._lock:
            self._closed = True
            sockets = [self._listener, *self._connections]
        self._lifecycle.process_exited(None)
        self._extensions.close()
        for sock in sockets:
            # Only shutdown wakes up a thread that is blocked in accept or recv.
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _start(self, work: Callable[[], object]) -> None:
        threading.Thread(target=work, name="runtime-api", daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                if self._closed:
                    connection.close()
                    return
                self._connections.add(connection)
            self._start(partial(self._serve, connection))

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rb") as stream:
                self._converse(stream, connection.sendall)
        except OSError:
            pass  # the runtime went away; its process tells how
        finally:
            with self._lock:
                self._connections.discard(connection)

    def _converse(self, stream: BinaryIO, send: Callable[[bytes], object]) -> None:
        while True:
            try:
                request = read_request(stream, send)
            except TruncatedRequestError:
                send(response(400, [_JSON, ("Connection", "close")], _TRUNCATED))
                return
            answer = self._answer(request) if request else None
            if answer is None:
                return
            send(answer)

    def _answer(self, request: Request) -> bytes | None:
        path = request.path.removeprefix(_BASE)
        if (request.method, path) == ("GET", "runtime/invocation/next"):
            found = self._lifecycle.next()
            if isinstance(found, Invocation):
                return response(200, _next_headers(found), found.event)
            return _plain(found) if found else None
        if request.path.startswith(EXTENSIONS):
            return self._extensions.answer(request)
        if self._snap_start and (request.method, path) == ("GET", "runtime/restore/next"):
            restored = self._lifecycle.restore_next()
            return _plain(restored) if restored else None
        if (request.method, path) == ("GET", "ping"):
            return response(200, [("Content-Type", "text/plain")], b"pong")
        return _plain(self._post(request, path))

    def _post(self, request: Request, path: str) -> Reply:
        match request.method, path.split("/"):
            case "POST", ["runtime", "invocation", request_id, "response"]:
                return self._lifecycle.post("response", request_id, request.headers, request.body)
            case "POST", ["runtime", "invocation", request_id, "error"]:
                return self._lifecycle.post("error", request_id, request.headers, request.body)
            case "POST", ["runtime", "init", "error"]:
                return self._lifecycle.init_error(request.headers, request.body)
            case "POST", ["runtime", "restore", "error"] if self._snap_start:
                return self._lifecycle.restore_error(request.headers, request.body)
            case _:
                return Reply(404, b"404 page not found\n")


def _plain(reply: Reply) -> bytes:
    return response(reply.status, [_JSON], reply.body)


def _next_headers(invocation: Invocation) -> list[tuple[str, str]]:
    values = [
        ("Content-Type", invocation.content_type),
        ("Lambda-Runtime-Aws-Request-Id", invocation.request_id),
        ("Lambda-Runtime-Deadline-Ms", str(invocation.deadline_ms or "")),
        ("Lambda-Runtime-Invoked-Function-Arn", invocation.function_arn),
        ("Lambda-Runtime-Trace-Id", invocation.trace_id),
        ("Lambda-Runtime-Client-Context", invocation.client_context),
        ("Lambda-Runtime-Cognito-Identity", invocation.cognito_identity),
        ("Lambda-Runtime-Aws-Tenant-Id", invocation.tenant_id),
        ("Lambda-Runtime-Invocation-Id", invocation.invocation_id),
    ]
    return [(name, value) for name, value in values if value]
