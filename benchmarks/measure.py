"""One start of one subject: its CPU time up to the first /next, per event, and its memory.

CPU time is the kernel's clock of the whole process, all threads, in nanoseconds: the clock that
clock_getcpuclockid(3) names. It counts from the fork, so exec and dynamic linking are in it.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from event import EVENT
from sparta.local.runtime_api import Invocation, Outcome, RuntimeApi

if TYPE_CHECKING:
    from subjects import Subject

READY_S = 20.0
QUIET_S = 0.002
"""A process whose CPU clock stands still for so long is back in /next."""


class MeasureError(RuntimeError):
    """A subject did not start, or did not answer."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One start. CPU in milliseconds, memory in MiB; None where a subject serves no event."""

    init_ms: float
    first_ms: float | None
    warm_ms: float | None
    peak_mib: float


def measure(subject: Subject, events: int) -> Sample:
    """Start `subject` once and return what it cost.

    Args:
        subject: What to start.
        events: Events after the first one; their mean is `warm_ms`.

    Raises:
        MeasureError: It did not come up, or answered with an error.
    """
    return _serving(subject, events) if subject.serves else _ending(subject)


def _ending(subject: Subject) -> Sample:
    """Measure a process that ends by itself; a second start that waits tells its memory."""
    process = subprocess.Popen(subject.command, env=subject.environment, cwd=subject.folder)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    cpu_ms = _cpu_ms(process.pid)  # the clock of an ended process stands until it is waited for
    if process.wait() != 0:
        raise MeasureError(f"{subject.name}: exit status {process.returncode}")
    with subprocess.Popen(
        [*subject.command[:-1], "import posix; posix.write(1, b'.'); posix.read(0, 1)"],
        env=subject.environment,
        cwd=subject.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as waiting:
        if waiting.stdout is None or waiting.stdout.read(1) != b".":
            raise MeasureError(f"{subject.name}: it does not start")
        peak_mib = _peak_mib(waiting.pid)
    return Sample(cpu_ms, None, None, peak_mib)


def _serving(subject: Subject, events: int) -> Sample:
    """Measure a runtime behind a Runtime API of its own."""
    with RuntimeApi() as api:
        environment = {**subject.environment, "AWS_LAMBDA_RUNTIME_API": api.address}
        process = subprocess.Popen(
            subject.command,
            env=environment,
            cwd=subject.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            if not api.wait_ready(READY_S):
                process.kill()
                errors = process.stderr.read() if process.stderr else b""
                raise MeasureError(f"{subject.name}: no first /next\n{errors.decode()}")
            init_ms = _settled_ms(process.pid)
            _answered(subject, api.invoke(Invocation(EVENT)))
            first_ms = _settled_ms(process.pid)
            for _ in range(events):
                _answered(subject, api.invoke(Invocation(EVENT)))
            warm_ms = (_settled_ms(process.pid) - first_ms) / events
            return Sample(init_ms, first_ms - init_ms, warm_ms, _peak_mib(process.pid))
        finally:
            process.kill()
            process.communicate()


def _answered(subject: Subject, outcome: Outcome) -> None:
    if outcome.kind != "response":
        raise MeasureError(f"{subject.name}: {outcome.kind}: {outcome.body.decode()}")


def _cpu_ms(pid: int) -> float:
    # The name of another process's clock, as clock_getcpuclockid(3) makes it: scheduler time.
    return time.clock_gettime_ns((~pid << 3) | 2) / 1e6


def _settled_ms(pid: int) -> float:
    """Return the CPU time once the process waits for its next event."""
    before = -1.0
    while (now := _cpu_ms(pid)) != before:
        before = now
        time.sleep(QUIET_S)
    return now


def _peak_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise MeasureError(f"no VmHWM in the status of process {pid}")
    return int(found[1]) / 1024
