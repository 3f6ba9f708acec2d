"""One execution environment: an unpacked archive's process behind its own Runtime API.

    with Sandbox(FunctionConfiguration("index.create_order", "python3.12"), folder) as sandbox:
        execution = sandbox.invoke(Invocation(b"{}"))

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from sparta.local.command import command
from sparta.local.invocation import Outcome, platform_error
from sparta.local.log_lines import Measured, log_text
from sparta.local.managed_runtime import managed_runtime
from sparta.local.process import FunctionProcess
from sparta.local.runtime_api import RuntimeApi
from sparta.local.variables import variables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.local.configuration import FunctionConfiguration
    from sparta.local.invocation import Invocation

INIT_LIMIT_S = 10.0
"""An init that takes longer is given up, and run again within the first invocation."""
SHUTDOWN_LIMIT_S = 0.5
"""What is left, after SIGTERM, to a process with an extension; others are killed at once."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One invocation, when it is over.

    Args:
        outcome: What the caller gets.
        log: The function's output between START, END and REPORT.
        measured: Durations and memory.
    """

    outcome: Outcome
    log: str
    measured: Measured


class Sandbox:
    """One execution environment of a function; a context manager that leaves no process behind.

    The process starts at once; it runs one event at a time.

    Args:
        configuration: The function's.
        task_root: The folder with the archive's files.
        credentials: Variables that depend on the role: AWS_ACCESS_KEY_ID and so on, and
            AWS_ENDPOINT_URL where there is a local AWS.
        layer_root: The folder with the files of its layers; None where it has none.

    Raises:
        LocalError: This machine cannot run the function's runtime.
    """

    def __init__(
        self,
        configuration: FunctionConfiguration,
        task_root: Path,
        credentials: Mapping[str, str] | None = None,
        layer_root: Path | None = None,
    ) -> None:
        self.configuration = configuration
        self._layer_root = layer_root
        self._task_root = task_root
        self._credentials = credentials or {}
        self._runtime = managed_runtime(configuration.runtime)
        self._cold = True
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def invoke(self, invocation: Invocation) -> Execution:
        """Run one event, within the function's timeout and memory.

        Args:
            invocation: Its `deadline_ms` is replaced by what the timeout makes it.
        """
        init_ms, init_output = self._initialise() if self._cold else (None, "")
        started_s = time.time()
        deadline_ms = round((started_s + self.configuration.timeout_s) * 1000)
        invocation = replace(invocation, deadline_ms=deadline_ms)
        with self._process.running_an_event():
            outcome = self._api.invoke(invocation)
        duration_ms = (time.time() - started_s) * 1000
        outcome = self._judged(outcome, invocation.request_id)
        measured = Measured(duration_ms, init_ms, self._process.peak_mb)
        output = (init_output, self._process.output())
        log = log_text(self.configuration, invocation.request_id, outcome, output, measured)
        return Execution(outcome, log, measured)

    @property
    def alive(self) -> bool:
        """Whether its process has not ended."""
        return self._process.alive

    def idle(self, timeout_s: float = 0.0) -> bool:
        """Return whether it could take an event now, or within `timeout_s` seconds."""
        return self._process.alive and self._api.wait_idle(timeout_s)

    def close(self) -> None:
        """End the process group, and the Runtime API."""
        if self._api.extensions:
            self._process.end(SHUTDOWN_LIMIT_S)
        else:
            self._process.kill()
        self._api.close()

    def _start(self) -> None:
        self._started_s = time.time()
        self._api = RuntimeApi()
        environment = variables(
            self.configuration,
            self._task_root,
            self._runtime,
            runtime_api=self._api.address,
            credentials=self._credentials,
            layer_root=self._layer_root,
        )
        try:
            self._process = FunctionProcess(
                command(environment, self._runtime),
                environment,
                self._task_root,
                self.configuration.memory_mb,
                self._api.process_exited,
            )
        except OSError:
            self._api.close()
            raise

    def _initialise(self) -> tuple[float, str]:
        """Wait for the init phase; return how long it took, in ms, and what it wrote."""
        self._cold = False
        with self._process.running_an_event():
            ready = self._api.wait_ready(INIT_LIMIT_S)
        init_ms = (time.time() - self._started_s) * 1000
        output = self._process.output()
        if ready or not self._process.alive or init_ms < INIT_LIMIT_S * 1000:
            return init_ms, output
        self.close()
        self._start()
        line = f"INIT_REPORT Init Duration: {init_ms:.2f} ms\tPhase: init\tStatus: timeout\n"
        return init_ms, output + line

    def _judged(self, outcome: Outcome, request_id: str) -> Outcome:
        """Return the outcome as the platform sees it, and end what can't go on."""
        if self._process.over_memory:
            self._process.kill()
            text = f"RequestId: {request_id} Error: Runtime exited with error: signal: killed"
            return Outcome("exit", platform_error("Runtime.OutOfMemory", text))
        if outcome.kind in {"timeout", "init_error"}:
            self._process.kill()
        return outcome
