"""A group of processes with a CPU quota and an account of its own, gone when it is left.

A group's name holds the process that made it, so that what a killed run left behind is told from
what another run uses, and removed by the next one.
"""

from __future__ import annotations

import functools
import itertools
import os
import time
from typing import TYPE_CHECKING, Self

from sparta.measure import processes
from sparta.measure.hierarchy import Hierarchy, find
from sparta.measure.regime import PERIOD_US
from sparta.measure.subject import MeasureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = "sparta-measure-"
REMOVE_LIMIT_S = 10.0
_numbers = itertools.count(1)


class Group:
    """A context manager; leaving it kills what is in the group and removes it.

    Args:
        hierarchy: Where it is made.
    """

    def __init__(self, hierarchy: Hierarchy) -> None:
        started = processes.started_at(os.getpid())
        name = f"{PREFIX}{os.getpid()}-{started}-{next(_numbers)}"
        self._version = hierarchy.version
        self._quota = hierarchy.quota / name
        self._usage = hierarchy.usage / name
        self._folders = [folder / name for folder in hierarchy.folders]

    def __enter__(self) -> Self:
        try:
            for folder in self._folders:
                folder.mkdir()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for folder in self._folders:
            _remove(folder)

    @property
    def entrances(self) -> list[Path]:
        """The files a process writes its number to; the account's comes last."""
        return [folder / "cgroup.procs" for folder in self._folders]

    def throttle(self, share: float | None) -> None:
        """Give the group this share of one core; None does not limit it."""
        quota_us = None if share is None else round(share * PERIOD_US)
        if self._version == 1:
            (self._quota / "cpu.cfs_period_us").write_text(f"{PERIOD_US}", "ascii")
            (self._quota / "cpu.cfs_quota_us").write_text(f"{quota_us or -1}", "ascii")
        else:
            (self._quota / "cpu.max").write_text(f"{quota_us or 'max'} {PERIOD_US}", "ascii")

    def cpu_ns(self) -> int:
        """Return the CPU time of all that was ever in it, in nanoseconds."""
        if self._version == 1:
            return int((self._usage / "cpuacct.usage").read_text("ascii"))
        words = (self._usage / "cpu.stat").read_text("ascii").split()
        return int(words[words.index("usage_usec") + 1]) * 1000

    def pids(self) -> list[int]:
        """Return the processes in it."""
        return _pids(self._usage)


def unavailable() -> str | None:
    """Return why no group can be made here; None where one can."""
    found = _hierarchy()
    return found if isinstance(found, str) else None


def group() -> Group:
    """Return a group to enter.

    Raises:
        MeasureError: None can be made here.
    """
    found = _hierarchy()
    if isinstance(found, str):
        raise MeasureError(found)
    return Group(found)


def cpu_source() -> str:
    """Return in words where CPU times come from on this machine."""
    found = _hierarchy()
    if isinstance(found, str):
        return (
            "the CPU clocks of the subject's processes, and rusage of their ended children "
            f"({found})"
        )
    file = "cpuacct.usage" if found.version == 1 else "cpu.stat"
    return f"a cgroup of its own for each start (version {found.version}, {file})"


def remove_left_overs(hierarchy: Hierarchy) -> list[Path]:
    """Remove the groups of runs that were killed; returns what was removed."""
    dead = [folder for parent in hierarchy.folders for folder in _left_overs(parent)]
    for folder in dead:
        _remove(folder)
    return dead


@functools.cache
def _hierarchy() -> Hierarchy | str:
    """Find where groups are made, try it, and clean up after killed runs."""
    try:
        found = find()
        remove_left_overs(found)
        with Group(found) as one:
            one.throttle(1.0)
            one.cpu_ns()
    except (MeasureError, OSError) as error:
        return f"no cgroup can be made: {error}"
    return found


def _left_overs(parent: Path) -> Iterator[Path]:
    for folder in parent.glob(f"{PREFIX}*"):
        maker, _, rest = folder.name.removeprefix(PREFIX).partition("-")
        if maker.isdigit() and processes.started_at(int(maker)) != rest.partition("-")[0]:
            yield folder


def _pids(folder: Path) -> list[int]:
    try:
        return [int(line) for line in (folder / "cgroup.procs").read_text("ascii").split()]
    except FileNotFoundError:
        return []


def _remove(folder: Path) -> None:
    deadline_s = time.monotonic() + REMOVE_LIMIT_S
    for name, text in (("cpu.cfs_quota_us", "-1"), ("cpu.max", "max")):
        if (folder / name).exists():
            (folder / name).write_text(text, "ascii")  # ending takes CPU time too
    while folder.exists():
        processes.kill(_pids(folder))
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError as error:  # its last process is still ending
            if time.monotonic() > deadline_s:
                raise MeasureError(f"the cgroup cannot be removed: {error}") from error
            time.sleep(processes.POLL_S)
