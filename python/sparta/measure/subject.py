"""What is measured, and what one start of it cost: two values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import SpartaError

if TYPE_CHECKING:
    from pathlib import Path


class MeasureError(SpartaError):
    """A subject did not start, did not answer as it should, or cannot be measured here."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A command with its environment and folder.

    Args:
        name: What tables call it.
        command: The program and its arguments.
        environment: The whole environment, without `AWS_LAMBDA_RUNTIME_API`.
        folder: The working directory.
        serves: Whether it takes events from a Runtime API; otherwise it ends by itself.
        zip_bytes: Size of what would be uploaded; None where there is no such thing.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    serves: bool = True
    zip_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One start. Times in milliseconds, memory in MiB; None where the subject serves nothing.

    Args:
        init_cpu_ms: From exec to the first `/next`; of a subject that serves nothing, to its end.
        init_wall_ms: The same as time that passed.
        first_cpu_ms: From there until it waits for its second event.
        first_wall_ms: From the first event's sending to its answer.
        warm_cpu_ms: Mean of the events after it.
        warm_wall_mean_ms: Mean time from sending to answer.
        warm_wall_p99_ms: What 99 of 100 of them do not pass.
        peak_mib: The most that was resident (VmHWM), summed over the processes of the subject.
    """

    init_cpu_ms: float
    init_wall_ms: float
    first_cpu_ms: float | None = None
    first_wall_ms: float | None = None
    warm_cpu_ms: float | None = None
    warm_wall_mean_ms: float | None = None
    warm_wall_p99_ms: float | None = None
    peak_mib: float | None = None
