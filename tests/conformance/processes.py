"""Processes that answer the vectors' events, each behind a Runtime API of its own."""

from __future__ import annotations

import os
import subprocess
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol, Self

from tests.conformance import runtimes
from tests.conformance.embedded import Host, key_of

from sparta.local.runtime_api import RuntimeApi

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.runtimes import Application, Runtime

    from sparta.local.runtime_api import Invocation, Outcome

READY_TIMEOUT_S = 20.0
EXIT_TIMEOUT_S = 10.0


class Answering(Protocol):
    """What answers events, however it gets them."""

    @property
    def alive(self) -> bool: ...
    def invoke(
        self, application: Application, invocation: Invocation, /
    ) -> tuple[Outcome, str]: ...
    def ended(self) -> None: ...
    def close(self) -> None: ...


class Environment:
    """One process that serves the events of one handler."""

    def __init__(self, runtime: Runtime, application: Application, task: Path, log: Path) -> None:
        self._stack = ExitStack()
        self._log = self._stack.enter_context(log.open("w+b"))
        self.api = self._stack.enter_context(RuntimeApi())
        start = runtimes.start_of(runtime, application, task, self.api.address)
        self.process = subprocess.Popen(
            start.arguments,
            cwd=start.task,
            env=start.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._stack.callback(self._end)
        self.api.watch(self.process)

    def __enter__(self) -> Self:
        return self

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return self.process.poll() is None

    def invoke(self, _application: Application, invocation: Invocation) -> tuple[Outcome, str]:
        """Return what becomes of an event, and what the process wrote meanwhile."""
        self.api.wait_ready(READY_TIMEOUT_S)
        self._log.seek(0, os.SEEK_END)
        before = self._log.tell()
        outcome = self.api.invoke(invocation)
        if outcome.kind in {"init_error", "exit"}:
            self.ended()
            before = 0  # it all belongs to what went wrong
        self._log.seek(before)
        return outcome, self._log.read().decode("utf-8", "replace")

    def ended(self) -> None:
        """Wait until the process has ended by itself."""
        self.process.wait(EXIT_TIMEOUT_S)

    def close(self) -> None:
        """End the process, and its Runtime API."""
        self._stack.close()

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(EXIT_TIMEOUT_S)


class Processes:
    """Keeps each runtime's last process, for the next vector that it can answer.

    Args:
        folder: Where archives, task roots and logs go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._kept: dict[str, tuple[object, Answering]] = {}

    def of(self, runtime: Runtime, application: Application) -> Answering:
        """Return a process that serves `application` and is still alive."""
        key: object = key_of(application) if runtime.kind == "abi" else application
        kept, process = self._kept.get(runtime.name, (None, None))
        if process is None or kept != key or not process.alive:
            if process is not None:
                process.close()
            process = self._started(runtime, application)
            self._kept[runtime.name] = (key, process)
        return process

    def close(self) -> None:
        """End the processes."""
        for _, process in self._kept.values():
            process.close()
        self._kept.clear()

    def _started(self, runtime: Runtime, application: Application) -> Answering:
        self._count += 1
        log = self._folder / f"{self._count}.log"
        task = runtimes.task_of(runtime, application, self._folder, self._count)
        kind = Host if runtime.kind == "abi" else Environment
        return kind(runtime, application, task, log)
