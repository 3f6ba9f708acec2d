"""The run of the full benchmark: its parts share the time, and each ends between two rounds.

Within a part all subjects, workloads and regimes take turns. A part ends after its rounds, or
when the next one would pass its share of the time.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from sparta.measure.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from matrix import Cell, Measured, Part
    from record import Record
    from sparta.measure.subject import Sample


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


def _run(part: Part, budget_s: float, record: Record, say: Callable[[str], None]) -> None:
    cells = [one for one in part.cells if not record.has_failed(one.cell)]
    started_s = time.monotonic()
    taken_s: list[float] = []
    cold: set[Cell] = {one.cell for one in cells} if part.warming else set()
    rounds_s: list[float] = []
    estimated_s: list[float] = []
    say(
        f"{part.name}: {len(cells)} pairs of subject and workload by regime, up to {part.rounds} "
        f"rounds in {budget_s:.0f} s"
    )

    def take(one: Measured) -> Sample:
        if record.has_failed(one.cell):  # in another regime of the same round
            raise LookupError(one.cell)
        if one.cell in cold:
            cold.remove(one.cell)
            return one.warm()
        before_s = time.monotonic()
        sample = one.take()
        taken_s.append(time.monotonic() - before_s)
        return sample

    def enough() -> bool:
        rounds_s.append(sum(taken_s) - sum(rounds_s))
        used_s = time.monotonic() - started_s
        if len(rounds_s) == 1:
            estimated_s.append(used_s + rounds_s[0] * (part.rounds - 1))
            say(f"{part.name}: a round takes {rounds_s[0]:.1f} s, all {estimated_s[0]:.0f} s")
        return used_s + max(rounds_s) > budget_s

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
    done = max((len(record.samples.get(one.cell, ())) for one in cells), default=0)
    record.end_part(
        part.name,
        wanted=part.rounds,
        done=done,
        estimated_s=estimated_s[0] if estimated_s else None,
        used_s=used_s,
    )
    say(f"{part.name}: {done} of {part.rounds} rounds, {used_s:.0f} s")
