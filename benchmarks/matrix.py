"""What the full benchmark measures, in parts that share its time: the plan, and its run.

Within a part all subjects, workloads and regimes take turns. A part ends after its rounds, or
between two rounds when the next would pass its share of the time.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sparta.measure.regime import E1, E2, FULL, MEMORY_SIZES_MB, Regime, on_demand
from sparta.measure.start import measure
from sparta.measure.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from record import Record
    from sparta.local.runtime_api import Outcome
    from sparta.measure.subject import Sample, Subject

MATRIX_WORKLOADS = ("hello", "orders")
"""Those that are measured in every regime; the others at E1 128 MB."""
FEWEST_WARM = 3


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
    """A cell, and what fills it."""

    cell: Cell
    take: Callable[[], Sample]


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


def run(
    parts: list[Part],
    seconds: float,
    record: Record,
    say: Callable[[str], None],
    ended: Callable[[], object],
) -> None:
    """Measure the parts one after the other; what a part does not use is the next ones'.

    Args:
        parts: What `plan` returned.
        seconds: For all of them.
        record: Takes each sample, each failure and each part's time.
        say: Prints a line.
        ended: Called after each part.
    """
    end_s = time.monotonic() + seconds
    for index, part in enumerate(parts):
        left_s = end_s - time.monotonic()
        weights = sum(later.weight for later in parts[index:])
        _run(part, max(0.0, left_s) * part.weight / weights, record, say)
        ended()


def warm_events(work: Work, regime: Regime) -> int:
    """Return how many events follow the first one: at a share of a core they take longer."""
    if regime == E2:
        return min(work.warm_events, FEWEST_WARM)
    share = 1.0 if regime.invoke_share is None else regime.invoke_share
    return max(min(work.warm_events, FEWEST_WARM), round(work.warm_events * share))


def _measured(work: Work, subject: Subject, regime: Regime) -> Measured:
    take = partial(
        measure,
        subject,
        work.event,
        warm_events=warm_events(work, regime),
        regime=regime,
        check=work.check,
    )
    return Measured(Cell(work.name, subject.name, regime.name), take)


def _run(part: Part, budget_s: float, record: Record, say: Callable[[str], None]) -> None:
    cells = [one for one in part.cells if not record.has_failed(one.cell)]
    started_s = time.monotonic()
    round_s: list[float] = []
    say(
        f"{part.name}: {len(cells)} pairs of subject and workload by regime, up to {part.rounds} "
        f"rounds in {budget_s:.0f} s"
    )

    def enough() -> bool:
        used_s = time.monotonic() - started_s
        if not round_s:
            round_s.append(used_s / (2 if part.warming else 1))
            wanted_s = round_s[0] * (part.rounds + part.warming)
            say(f"{part.name}: a round takes {round_s[0]:.1f} s, all about {wanted_s:.0f} s")
        return used_s + round_s[0] > budget_s

    def take(one: Measured) -> Sample:
        if record.has_failed(one.cell):  # in another regime of the same round
            raise LookupError(one.cell)
        return one.take()

    def failed(cell: Cell, error: Exception) -> None:
        if record.has_failed(cell):
            return
        record.fail(cell, error)
        say(f"{part.name}: {cell.subject}, {cell.workload}, {cell.regime} is left out: {error}")

    turns(
        [(one.cell, partial(take, one)) for one in cells],
        part.rounds,
        warming=part.warming,
        taken=record.add,
        failed=failed,
        enough=enough,
    )
    used_s = time.monotonic() - started_s
    counts = [len(record.samples.get(one.cell, ())) for one in cells]
    record.end_part(part.name, wanted=part.rounds, done=max(counts, default=0), used_s=used_s)
    say(f"{part.name}: {max(counts, default=0)} of {part.rounds} rounds, {used_s:.0f} s")
