"""How the measurements of a user's functions are shown."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sparta.cli.table import table
from sparta.deploy.sizes import humanised
from sparta.measure.spread import spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sparta.measure.comparison import Outcomes

FIGURES = {
    "init_cpu_ms": "Init CPU",
    "init_wall_ms": "Init wall",
    "first_wall_ms": "First",
    "warm_wall_mean_ms": "Warm mean",
    "warm_wall_p99_ms": "p99",
    "peak_mib": "MiB",
}


def functions_of(made: Iterable[Outcomes]) -> dict[str, list[Outcomes]]:
    """Return what was measured by the function's name, the runtimes of a regime side by side."""
    found: dict[str, list[Outcomes]] = {}
    for one in made:
        found.setdefault(one.candidate.function, []).append(one)
    for outcomes in found.values():
        order = [one.regime for one in outcomes]
        outcomes.sort(key=lambda one, order=order: order.index(one.regime))  # type: ignore[misc]
    return found


def measured_table(function: str, outcomes: Sequence[Outcomes], *, colour: bool = False) -> str:
    """Return one function's table, and below it what it answered where that was an error."""
    header = ("Regime", "Runtime", *FIGURES.values(), "ZIP")
    rows = [(one.regime.name, one.candidate.runtime, *_cells(one), _size(one)) for one in outcomes]
    lines = [table(function, header, rows, colour=colour)]
    said: dict[str, None] = {}
    for one in outcomes:
        if one.error:
            said.setdefault(f"{one.candidate.runtime}: it failed: {one.error}")
        if one.refusal:
            text = f"{one.candidate.runtime}: it answered {one.refusal}"
            said.setdefault(f"{text}; give an event that it serves with --event")
    return "\n".join([*lines, *said])


def document(made: Iterable[Outcomes]) -> dict[str, Any]:
    """Return what was measured for `--json`, each start with its figures."""
    return {
        "measured": [
            {
                "function": one.candidate.function,
                "runtime": one.candidate.runtime,
                "regime": one.regime.name,
                "zipBytes": one.candidate.subject.zip_bytes,
                "error": one.error or None,
                "refusal": one.refusal or None,
                "samples": [asdict(sample) for sample in one.samples],
            }
            for one in made
        ]
    }


def _cells(one: Outcomes) -> list[str]:
    found = [spread(getattr(sample, name) for sample in one.samples) for name in FIGURES]
    return ["-" if each is None else each.text().replace(" ", "\n") for each in found]


def _size(one: Outcomes) -> str:
    return humanised(one.candidate.subject.zip_bytes or 0)
