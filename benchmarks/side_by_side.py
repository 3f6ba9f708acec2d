"""Subjects beside each other on a full core: what they cost, start by start, in turn."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from event import EVENT
from sparta.measure.regime import FULL
from sparta.measure.spread import spread
from sparta.measure.start import measure
from sparta.measure.turns import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.measure.subject import Sample, Subject

HEADINGS = {
    "init_cpu_ms": "init",
    "first_cpu_ms": "first",
    "warm_cpu_ms": "warm",
    "peak_mib": "peak MiB",
}


def samples_of(subjects: Sequence[Subject], rounds: int, events: int) -> dict[str, list[Sample]]:
    """Measure the subjects in turn; `events` are the warm ones of each start."""
    return turns(
        [
            (one.name, partial(measure, one, EVENT, warm_events=events, regime=FULL))
            for one in subjects
        ],
        rounds,
    )


def print_medians(
    samples: dict[str, list[Sample]], figures: Sequence[str] = tuple(HEADINGS)
) -> None:
    """Print a line per subject."""
    print(f"{'CPU, ms, medians':28} " + " ".join(f"{HEADINGS[one]:>8}" for one in figures))
    for name, taken in samples.items():
        spreads = [spread(getattr(sample, figure) for sample in taken) for figure in figures]
        cells = [f"{one.median:.4f}" if one else "-" for one in spreads]
        print(f"{name:28} " + " ".join(f"{cell:>8}" for cell in cells))
