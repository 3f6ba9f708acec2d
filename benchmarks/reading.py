"""A full run's file read again: figures by subject, workload and regime."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sparta.measure.spread import Spread, spread

RESULTS = Path(__file__).resolve().parent / "results"
COLD = "cold_wall_ms"
"""Derived of each start: exec to the first answer, `init_wall_ms` and `first_wall_ms` together."""


class Reading:
    """What stands in a results file.

    Args:
        document: The file's content.
        date: Of the run, which is also the name of its files.
    """

    def __init__(self, document: dict[str, Any], date: str) -> None:
        self.document = document
        self.date = date
        figures = document["figures"]
        self._cells: dict[tuple[str, str, str], list[dict[str, float | None]]] = {
            (cell["workload"], cell["regime"], cell["subject"]): [
                dict(zip(figures, sample, strict=True)) for sample in cell["samples"]
            ]
            for cell in document["cells"]
        }

    def tables(self) -> list[tuple[str, str]]:
        """Return the pairs of workload and regime that were measured, in the run's order."""
        return list(dict.fromkeys((workload, regime) for workload, regime, _ in self._cells))

    def subjects(self, workload: str, regime: str) -> list[str]:
        """Return who was measured there, the quickest to its first answer first."""
        names = [name for one, other, name in self._cells if (one, other) == (workload, regime)]

        def order(name: str) -> float:
            cold = self.spread(workload, regime, name, COLD)
            init = self.spread(workload, regime, name, "init_wall_ms")
            found = cold or init
            return found.median if found else 0.0

        return sorted(names, key=order)

    def starts(self, workload: str, regime: str, subject: str) -> int:
        """Return how many starts were measured."""
        return len(self._cells.get((workload, regime, subject), ()))

    def spread(self, workload: str, regime: str, subject: str, figure: str) -> Spread | None:
        """Return a figure's median, least and most; None where there is none."""
        samples = self._cells.get((workload, regime, subject), [])
        if figure != COLD:
            return spread(sample[figure] for sample in samples)
        sums = []
        for sample in samples:
            init, first = sample["init_wall_ms"], sample["first_wall_ms"]
            sums.append(None if init is None or first is None else init + first)
        return spread(sums)


def last(folder: Path = RESULTS) -> Reading | None:
    """Return the newest full run that is kept; None while there is none."""
    files = sorted(folder.glob("????-??-??.json"))
    return read(files[-1]) if files else None


def read(file: Path) -> Reading:
    """Return what a results file holds."""
    return Reading(json.loads(file.read_text(encoding="utf-8")), file.stem)
