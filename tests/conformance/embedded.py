"""The C ABI as a runtime: a C program that embeds Python, and answers by `sparta_invoke`."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tests.boundary.embedding import compiled
from tests.conformance import runtimes

from sparta.local.invocation import Outcome, exit_error
from sparta.package.interpreters import find

if TYPE_CHECKING:
    from tests.conformance.runtimes import Application, Runtime

    from sparta.local.invocation import Invocation

SOURCE = Path(__file__).parent / "host.c"
EXIT_TIMEOUT_S = 10.0
LIMIT_S = 30
"""A function's time, as the Runtime API gives it."""
ABSENT = 0xFFFFFFFF
HEAD = struct.Struct("=IIII")
OK, EXIT = 0, 5
MEDIA_TYPES = ("application/json", "application/unknown")
SIGINT = 2


def key_of(application: Application) -> object:
    """Return what an application needs a host of its own for: any function can be opened."""
    return application.files, application.variables


def program(minor: str, folder: Path) -> Path:
    """Return the C program for one Python, compiled where it was not yet; skips without gcc."""
    made = folder / f"host-{minor}"
    if not made.exists():
        interpreter = find(minor)
        assert interpreter is not None
        compiled(SOURCE, interpreter, runtimes.LIBRARY, made)
    return made


class Host:
    """One process that answers any function of its archive.

    Nothing of Lambda is there: what the process writes to its log is the function's own, and an
    exit is the host's to make.
    """

    def __init__(self, runtime: Runtime, application: Application, task: Path, log: Path) -> None:
        self._runtime = runtime
        self._stack = ExitStack()
        self._log = self._stack.enter_context(log.open("w+b"))
        start = runtimes.start_of(runtime, application, task, "127.0.0.1:9")
        executable = program(runtime.minor, log.parent)
        reading, writing = os.pipe()
        self._replies = self._stack.enter_context(os.fdopen(reading, "rb"))
        self.process = subprocess.Popen(
            [executable, task, str(writing)],
            cwd=start.task,
            env={**start.environment, "PYTHONUNBUFFERED": "1"},  # as AWS's client makes it
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            pass_fds=(writing,),
        )
        os.close(writing)
        self._stack.callback(self._end)

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def invoke(self, application: Application, invocation: Invocation) -> tuple[Outcome, str]:
        """Return what becomes of an event, and what the process wrote meanwhile."""
        self._log.seek(0, os.SEEK_END)
        before = self._log.tell()
        assert self.process.stdin is not None
        self.process.stdin.write(request(self._runtime.setting(application), invocation))
        self.process.stdin.flush()
        outcome = self._outcome(invocation.request_id)
        self._log.seek(before)
        return outcome, self._log.read().decode("utf-8", "replace")

    def ended(self) -> None:
        """Do nothing: an exit is told to the host, which goes on here."""

    def close(self) -> None:
        """Let the process end by itself: it fails where anything was left behind."""
        if self.alive:
            assert self.process.stdin is not None
            self.process.stdin.close()
            status = self.process.wait(EXIT_TIMEOUT_S)
        else:
            status = 0  # a function ended it
        self._stack.close()
        assert status == 0, f"the host ended with {status}"

    def _outcome(self, request_id: str) -> Outcome:
        head = self._replies.read(HEAD.size)
        if len(head) < HEAD.size:
            return Outcome("exit", exit_error(request_id, self.process.wait(EXIT_TIMEOUT_S)))
        was_opened, status, media_type, length = HEAD.unpack(head)
        document = self._replies.read(length)
        if status == OK:
            return Outcome("response", document, {"content-type": MEDIA_TYPES[media_type]})
        if status == EXIT:
            return Outcome("exit", exit_error(request_id, exit_status(document)))
        return Outcome("error" if was_opened else "init_error", document)

    def _end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        if self.alive:
            self.process.kill()
        self.process.wait(EXIT_TIMEOUT_S)


def request(name: str, invocation: Invocation) -> bytes:
    """Return an event as the program reads it."""
    texts = (
        name,
        invocation.request_id,
        invocation.function_arn,
        invocation.trace_id or None,
        invocation.client_context,
        invocation.cognito_identity,
        invocation.tenant_id,
        invocation.content_type,
    )
    deadline_ms = invocation.deadline_ms or round((time.time() + LIMIT_S) * 1000)
    parts = [struct.pack("=q", deadline_ms)]
    for text in (*(text if text is None else text.encode() for text in texts), invocation.event):
        parts += [struct.pack("=I", ABSENT if text is None else len(text)), text or b""]
    return b"".join(parts)


def exit_status(document: bytes) -> int:
    """Return how a process of AWS's client would end: a status, or a signal's number, negative."""
    error = json.loads(document)
    if error["errorType"] == "SystemExit":
        return int(error["errorMessage"])
    return -SIGINT if error["errorType"] == "KeyboardInterrupt" else 1
