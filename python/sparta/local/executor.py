"""Runs functions: warm environments again, more of them for events at the same time."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sparta.local.configuration import FunctionConfiguration
    from sparta.local.invocation import Invocation
    from sparta.local.sandbox import Execution
    from sparta.local.unpacked import TaskRoots

IDLE_LIMIT_S = 300.0
"""An environment idle for longer is ended when any function runs next."""
RETURN_LIMIT_S = 0.02
"""How long a warm environment is waited for that has answered but not yet asked again."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a function runs.

    Args:
        archive: The bytes of its ZIP.
        sha256: Lambda's hash of it, which tells whether an environment has this code.
        layers: The archives of its layers, in their order; their ARNs stand in the configuration.
    """

    archive: bytes
    sha256: str
    layers: tuple[bytes, ...] = ()


@dataclass(slots=True)
class _Warm:
    sandbox: Sandbox
    since_s: float


class Executor:
    """The execution environments of all functions.

    Args:
        task_roots: Where archives are unpacked.
    """

    def __init__(self, task_roots: TaskRoots) -> None:
        self._task_roots = task_roots
        self._lock = threading.Lock()
        self._warm: dict[str, list[_Warm]] = defaultdict(list)
        self._busy: set[Sandbox] = set()
        self._closed = False

    def run(
        self,
        configuration: FunctionConfiguration,
        code: Code,
        credentials: Mapping[str, str],
        invocation: Invocation,
    ) -> Execution:
        """Run one event and return when it is over; called from many threads.

        Args:
            configuration: The function's; its ARN is not part of what makes an environment.
            code: The function's.
            credentials: See Sandbox.
            invocation: The event.

        Raises:
            LocalError: This machine cannot run the function.
            zipfile.BadZipFile: The archive is none.
        """
        same = replace(configuration, function_arn=_unqualified(configuration.function_arn))
        key = json.dumps([asdict(same), code.sha256, dict(credentials)], sort_keys=True)
        sandbox = self._idle(key)
        if sandbox is None:
            layer_root = self._task_roots.of(*code.layers) if code.layers else None
            sandbox = Sandbox(same, self._task_roots.of(code.archive), credentials, layer_root)
        with self._lock:
            self._busy.add(sandbox)
            closed = self._closed
        if closed:
            sandbox.close()
        try:
            return sandbox.invoke(replace(invocation, function_arn=configuration.function_arn))
        finally:
            self._put_back(key, sandbox)

    def forget(self, function_name: str) -> None:
        """End the idle environments of a function that was changed or deleted."""
        self._end(lambda warm: warm.sandbox.configuration.function_name == function_name)

    def close(self) -> None:
        """End every environment, those that run an event included."""
        with self._lock:
            self._closed = True
            busy = list(self._busy)
        for sandbox in busy:
            sandbox.close()
        self._end(lambda _warm: True)

    def _idle(self, key: str) -> Sandbox | None:
        self._end(lambda warm: time.monotonic() - warm.since_s > IDLE_LIMIT_S)
        while True:
            with self._lock:
                if not self._warm[key]:
                    return None
                sandbox = self._warm[key].pop().sandbox
            if sandbox.idle(RETURN_LIMIT_S):
                return sandbox
            # It ended after its last answer, or is still at it: as on Lambda, another one starts.
            sandbox.close()

    def _put_back(self, key: str, sandbox: Sandbox) -> None:
        with self._lock:
            self._busy.discard(sandbox)
            keep = sandbox.alive and not self._closed
            if keep:
                self._warm[key].append(_Warm(sandbox, time.monotonic()))
        if not keep:
            sandbox.close()

    def _end(self, unwanted: Callable[[_Warm], bool]) -> None:
        with self._lock:
            ended = [warm for pool in self._warm.values() for warm in pool if unwanted(warm)]
            for key in list(self._warm):
                self._warm[key] = [warm for warm in self._warm[key] if warm not in ended]
                if not self._warm[key]:
                    del self._warm[key]
        for warm in ended:
            warm.sandbox.close()


def _unqualified(function_arn: str) -> str:
    """Return the ARN without version or alias, which follow the name as an eighth part."""
    return ":".join(function_arn.split(":")[:7])
