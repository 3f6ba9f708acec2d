"""What came of a deployment, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sparta.deploy.stack import Stack, StackEvent, StackResource


@dataclass(frozen=True, slots=True)
class Duration:
    """How long AWS worked on one resource, or on the stack itself."""

    logical_id: str
    resource_type: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of a provision that went well.

    Args:
        action: `created`, `updated` or `unchanged`.
        stack: The stack as it is now.
        durations: Longest first; empty when nothing changed.
    """

    action: str
    stack: Stack
    durations: tuple[Duration, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """The end of a delete that went well.

    Args:
        stack_name: The stack that is gone.
        existed: Whether there was one.
        retained: What its deletion policies left behind.
        durations: Longest first.
    """

    stack_name: str
    existed: bool
    retained: tuple[StackResource, ...] = ()
    durations: tuple[Duration, ...] = ()


def durations_of(events: Sequence[StackEvent]) -> tuple[Duration, ...]:
    """Return how long each resource took, longest first.

    Args:
        events: One operation's, oldest first.
    """
    begins: dict[tuple[str, str], datetime] = {}
    ends: dict[tuple[str, str], datetime] = {}
    for event in events:
        of = (event.logical_id, event.resource_type)
        if event.status.endswith("_IN_PROGRESS"):
            begins.setdefault(of, event.at)
        else:
            ends[of] = event.at
    return _longest_first(
        Duration(*of, (end - begins[of]).total_seconds())
        for of, end in ends.items()
        if of in begins
    )


def _longest_first(durations: Iterable[Duration]) -> tuple[Duration, ...]:
    return tuple(sorted(durations, key=lambda one: (-one.seconds, one.logical_id)))
