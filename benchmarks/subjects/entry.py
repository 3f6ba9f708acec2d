"""What comes of preparing: pairs of workload and subject, and why others are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparta.measure.subject import Subject


class NotHereError(Exception):
    """A subject cannot be made on this machine; the text is the reason."""


class Entry(NamedTuple):
    """A subject, ready to start for one workload.

    Args:
        workload: The name of a workload in `workloads.WORKLOADS`.
        subject: Its command; several entries share a subject's name, none its files.
    """

    workload: str
    subject: Subject


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that can be started here.

    Args:
        entries: In the order of the tables.
        skipped: Names of subjects that cannot be made here, with the reason.
    """

    entries: tuple[Entry, ...]
    skipped: dict[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """Where subjects are made, and for which Python.

    Args:
        cache: The folder that keeps what is made; environments in it are made once.
        python: The interpreter that runs what is written in Python.
        minor: Its version, such as "3.12".
        say: Prints a line.
    """

    cache: Path
    python: Path
    minor: str
    say: Callable[[str], None]

    def folder(self, *names: str) -> Path:
        """Return a path below the folder of this Python."""
        return self.cache.joinpath("subjects", self.minor, *names)
