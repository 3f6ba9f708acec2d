"""A Runtime API that answers each request with the bytes of a script, however odd they are.

What the core makes of them is held against AWS's own client, which is given the same ones.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import BinaryIO


class Step:
    """What is sent in answer to one request, and maybe an end after it.

    Args:
        parts: Bytes, and pauses in seconds.
        end: "" keeps the connection, "close" closes it, "half" closes its sending side only,
            "reset" resets it.
    """

    def __init__(self, *parts: bytes | float, end: str = "") -> None:
        self.parts = parts
        self.end = end


class ScriptedApi:
    """Answers request after request; one that comes after the script's end waits for ever.

    Args:
        steps: One for each request, over all connections.
    """

    def __init__(self, steps: Iterable[Step | bytes]) -> None:
        self._steps = [step if isinstance(step, Step) else Step(step) for step in steps]
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._changed = threading.Condition()
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.requests: list[tuple[str, bytes]] = []
        """Method and path, and body, of every whole request."""
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection, and take no other."""
        for sock in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def wait_for(self, count: int, timeout_s: float = 20.0) -> list[tuple[str, bytes]]:
        """Return the requests when there are `count` of them, or what there is in time."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.requests) >= count, timeout_s)
            return list(self.requests)

    def _accept(self) -> None:
        while True:
            try:
                connection, _peer = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        with contextlib.suppress(OSError):
            while self._receive(stream):
                # After the script nothing comes: the environment is frozen.
                if self._steps and not self._play(connection, self._steps.pop(0)):
                    return

    def _play(self, connection: socket.socket, step: Step) -> bool:
        """Send a step; return whether the connection is kept."""
        for part in step.parts:
            if isinstance(part, bytes):
                connection.sendall(part)
            else:
                time.sleep(part)
        if step.end == "half":
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65_536):
                pass  # what comes now is for nobody
            return False
        if step.end:
            self._end(connection, step.end)
            return False
        return True

    @staticmethod
    def _end(connection: socket.socket, how: str) -> None:
        if how == "reset":
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            connection.close()
        else:
            connection.shutdown(socket.SHUT_RDWR)

    def _receive(self, stream: BinaryIO) -> bool:
        line = stream.readline()
        if not line:
            return False
        length = 0
        while (header := stream.readline()) not in {b"\r\n", b""}:
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        body = stream.read(length)
        if len(body) < length:
            return False
        with self._changed:
            self.requests.append((line.decode().rpartition(" ")[0], body))
            self._changed.notify_all()
        return True


@dataclass(frozen=True)
class Spoken:
    """What a client did with a script.

    Args:
        requests: Method and path, and body, of each.
        status: How it ended; None when it lives.
        output: Standard output and error.
    """

    requests: list[tuple[str, bytes]]
    status: int | None
    output: str


class Clients:
    """Starts AWS's client, or the core, against a script.

    Args:
        task: The task root.
        wrapper: The exec wrapper.
        sanitizer: Variables that let AddressSanitizer watch the core.
    """

    def __init__(self, task: Path, wrapper: Path, sanitizer: dict[str, str]) -> None:
        self._task = task
        self._sanitizer = sanitizer
        self._commands = {
            "aws": [sys.executable, "-m", "awslambdaric", "app.handler"],
            "core": [str(wrapper), "/bin/false"],
        }

    def speak(
        self,
        name: str,
        source: str,
        steps: Iterable[Step | bytes],
        count: int,
        **variables: str,
    ) -> Spoken:
        """Let one client answer a script, until it has made `count` requests or has ended."""
        (self._task / "app.py").write_text(source)
        log = self._task.parent / f"{name}.log"
        with ScriptedApi(steps) as api, log.open("wb") as output:
            environment = {
                "AWS_LAMBDA_RUNTIME_API": api.address,
                "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
                "LAMBDA_TASK_ROOT": str(self._task),
                "PATH": os.environ["PATH"],
                "PYTHONDONTWRITEBYTECODE": "1",
                "_HANDLER": "app.handler",
                **variables,
                **(self._sanitizer if name == "core" else {}),
            }
            process = subprocess.Popen(
                self._commands[name], cwd=self._task, env=environment, stdout=output, stderr=output
            )
            try:
                deadline_s = time.monotonic() + 20
                while process.poll() is None and time.monotonic() < deadline_s:
                    if len(api.wait_for(count, 0.02)) >= count:
                        break
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.15)  # whether it dies of the last answer
                return Spoken(list(api.requests), process.poll(), log.read_text())
            finally:
                if (
                    self._sanitizer and name == "core"
                ):  # leaks are looked for where a process ends by itself
                    api.close()
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(5)
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def clients(
    native_library: Path,
    interpreters: dict[str, Path],
    sanitizer: dict[str, str],
    wrapper_for: Callable[[Path], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Clients:
    """Return the two clients, each in the same task root."""
    from sparta.local.managed_runtime import running_minor

    task = tmp_path_factory.mktemp("faults") / "task"
    task.mkdir()
    bootstrap = task / "bootstrap"
    bootstrap.write_text(wrapper_for(interpreters[running_minor()]))
    bootstrap.chmod(0o755)
    (task / "_sparta.abi3.so").symlink_to(native_library)
    return Clients(task, bootstrap, sanitizer)


@pytest.fixture(scope="session")
def step() -> type[Step]:
    """Return the class of a script's steps; test modules cannot import this file."""
    return Step
