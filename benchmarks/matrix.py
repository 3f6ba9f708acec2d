"""The plan of the full benchmark: each subject at each workload in its regimes, in parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sparta.measure.regime import E1, E2, FULL, MEMORY_SIZES_MB, Regime, on_demand
from sparta.measure.start import measure

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from sparta.local.runtime_api import Outcome
    from sparta.measure.subject import Sample, Subject

MATRIX_WORKLOADS = ("hello", "orders")
"""Those that are measured in every regime; the others at E1 128 MB."""
FEWEST_WARM = 2


class Work(Protocol):
    """What a workload tells about itself."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def event(self) -> bytes: ...  # noqa: D102
    @property
    def check(self) -> Callable[[Outcome], None]: ...  # noqa: D102
    @property
    def warm_events(self) -> int: ...  # noqa: D102
    @property
    def cold_starts(self) -> int: ...  # noqa: D102


class Cell(NamedTuple):
    """One place of the matrix."""

    workload: str
    subject: str
    regime: str


@dataclass(frozen=True, slots=True)
class Measured:
    """A cell, what fills it, and a start of the same that only fills the page cache."""

    cell: Cell
    take: Callable[[], Sample]
    warm: Callable[[], Sample]


@dataclass(frozen=True, slots=True)
class Part:
    """Cells that take turns.

    Args:
        name: As it is printed.
        cells: In the order of a round.
        rounds: How often each starts, time permitting.
        weight: Of its time beside the other parts'.
        warming: Whether a round that does not count goes first: nothing else has started these.
    """

    name: str
    cells: tuple[Measured, ...]
    rounds: int
    weight: int
    warming: bool


def plan(
    entries: Iterable[tuple[str, Subject]],
    works: Mapping[str, Work],
    *,
    throttling: bool,
    main: Collection[str],
    rounds: int | None = None,
) -> list[Part]:
    """Return the parts that there is something for, in the order they run.

    Args:
        entries: Pairs of a workload's name and a subject that serves it.
        works: The workloads, by name.
        throttling: Whether a share of a core can be given here.
        main: Subjects that are measured at each memory size.
        rounds: In place of each workload's own count of cold starts.
    """
    pairs = [(works[name], subject) for name, subject in entries]
    matrix = [pair for pair in pairs if pair[0].name in MATRIX_WORKLOADS]
    others = [pair for pair in pairs if pair[0].name not in MATRIX_WORKLOADS]
    serving = [pair for pair in matrix if pair[1].serves and pair[1].name in main]
    sizes = [on_demand(size) for size in MEMORY_SIZES_MB if on_demand(size) != E1]
    starts = [FULL, E1] if throttling else [FULL]
    planned = [
        ("cold starts", matrix, starts, 7, True),
        ("other workloads", others, [E1] if throttling else [FULL], 8, True),
        ("memory sizes", serving, sizes if throttling else [], 4, False),
        ("throttled from exec on", matrix, [E2] if throttling else [], 9, False),
    ]
    return [
        Part(name, cells, rounds or max(work.cold_starts for work, _ in some), weight, warming)
        for name, some, regimes, weight, warming in planned
        if (cells := tuple(_measured(*pair, regime) for regime in regimes for pair in some))
    ]


def warm_events(work: Work, regime: Regime) -> int:
    """Return how many events follow the first one: at a share of a core they take longer."""
    if regime == E2:
        return min(work.warm_events, FEWEST_WARM)
    share = 1.0 if regime.invoke_share is None else regime.invoke_share
    return max(min(work.warm_events, FEWEST_WARM), round(work.warm_events * share))


def _measured(work: Work, subject: Subject, regime: Regime) -> Measured:
    def start(events: int, regime: Regime) -> Sample:
        return measure(subject, work.event, warm_events=events, regime=regime, check=work.check)

    return Measured(
        Cell(work.name, subject.name, regime.name),
        take=partial(start, warm_events(work, regime), regime),
        warm=partial(start, 1, FULL),
    )
