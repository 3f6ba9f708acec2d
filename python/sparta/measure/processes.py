"""The processes of one subject as /proc shows them: which, how busy, how large, how they end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PROC = Path("/proc")
END_LIMIT_S = 10.0
POLL_S = 0.002
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)
_STATE, _SESSION, _CHILDREN_USER, _CHILDREN_SYSTEM, _START = 0, 3, 13, 14, 19
"""Fields of /proc/PID/stat after the name, see proc_pid_stat(5)."""


class Session:
    """What a process started, itself included, by its session; CPU time from their own clocks.

    Args:
        leader: The process that the session is named after.
    """

    def __init__(self, leader: int) -> None:
        self._leader = leader

    def pids(self) -> list[int]:
        """Return those that are alive."""
        found = []
        for folder in PROC.iterdir():
            if folder.name.isdigit():
                fields = stat(int(folder.name))
                if fields and fields[_SESSION] == str(self._leader) and fields[_STATE] != "Z":
                    found.append(int(folder.name))
        return found

    def cpu_ns(self) -> int:
        """Return what they took, and what their ended children took, in steps of a clock tick."""
        # Also of a leader that has ended and was not waited for.
        return sum(_clock_ns(pid) + _children_ns(pid) for pid in {self._leader, *self.pids()})


def stat(pid: int) -> list[str]:
    """Return the fields of a process's stat after its name; empty if it is gone."""
    return _stat(PROC / str(pid) / "stat")


def started_at(pid: int) -> str:
    """Return when a process started, in clock ticks; empty if it is gone or has ended."""
    fields = stat(pid)
    return fields[_START] if fields and fields[_STATE] not in "ZX" else ""


def busy(pids: Iterable[int]) -> bool:
    """Return whether a thread of them runs, or would if its CPU quota let it."""
    threads = (task for pid in pids for task in (PROC / str(pid)).glob("task/*/stat"))
    return any(fields[_STATE] in "RD" for task in threads if (fields := _stat(task)))


def peak_mib(pids: Iterable[int]) -> float:
    """Return the sum of the most that each had resident at once (VmHWM)."""
    found = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            peak = _PEAK.search((PROC / str(pid) / "status").read_text("utf-8", "replace"))
            found += int(peak[1]) if peak else 0
    return found / 1024


def kill(pids: Iterable[int]) -> None:
    """Kill each; one that is gone is fine."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _stat(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def _clock_ns(pid: int) -> int:
    try:
        # The name of another process's clock, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime_ns((~pid << 3) | 2)
    except OSError:
        return 0


def _children_ns(pid: int) -> int:
    fields = stat(pid)
    if not fields:
        return 0
    ticks = int(fields[_CHILDREN_USER]) + int(fields[_CHILDREN_SYSTEM])
    return ticks * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
