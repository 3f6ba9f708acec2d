"""What was measured: medians with their extremes, ratios, targets, the table and the JSON file."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from event import EVENT
from machine import machine, output_of
from sparta.measure.cgroup import cpu_source
from sparta.measure.spread import Spread, spread
from sparta.measure.subject import Sample
from subjects.quick import AWS_CLIENT, BARE, NATIVE, NATIVE_BARE, PURE, RUST_RUNTIME

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from json_speed import JsonFigure

COLUMNS = {
    "init_cpu_ms": "init CPU ms",
    "first_cpu_ms": "first CPU ms",
    "warm_cpu_ms": "warm CPU ms",
    "peak_mib": "peak MiB",
}


class Result:
    """The samples of one run, by subject."""

    def __init__(self, samples: dict[str, list[Sample]]) -> None:
        self.samples = samples

    def spread(self, name: str, figure: str) -> Spread | None:
        """Return a figure of a subject; None where the subject has no such figure."""
        return spread(getattr(sample, figure) for sample in self.samples[name])

    def table(self, python: str, events: int) -> str:
        """Return the figures as text, one subject a line."""
        rounds = len(next(iter(self.samples.values())))
        where = f"CPython {python}, {platform.machine()}, event of {len(EVENT)} bytes"
        lines = [
            f"{where}, {rounds} starts, {events} warm events each: median (least-most)",
            f"{'':32}" + "".join(f"{title:>22}" for title in COLUMNS.values()),
        ]
        for name in self.samples:
            spreads = [self.spread(name, figure) for figure in COLUMNS]
            cells = [one.text() if one else "-" for one in spreads]
            lines.append(f"{name:32}" + "".join(f"{cell:>22}" for cell in cells))
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio of two medians that must not pass `most`."""

    name: str
    ratio: float
    most: float

    @property
    def met(self) -> bool:
        """Return whether the ratio is within its target."""
        return self.ratio <= self.most

    def document(self) -> dict[str, Any]:
        """Return it for the JSON file."""
        return {**asdict(self), "met": self.met}

    def line(self) -> str:
        """Return it as the run prints it."""
        word = "met" if self.met else "MISSED"
        return f"{self.name}: {self.ratio:.2f}, target at most {self.most:.2f}: {word}"


def targets_of(result: Result) -> list[Target]:
    """Return how the native runtime stands to its budgets; a miss is said, not hidden."""
    init, warm, peak = "init_cpu_ms", "warm_cpu_ms", "peak_mib"
    wanted = [
        ("init, native bare handler / bare interpreter", NATIVE_BARE, BARE, init, 1.25),
        ("init, hello native / bare interpreter", NATIVE, BARE, init, 1.40),
        ("init, hello native / AWS's client, bare handler", NATIVE, AWS_CLIENT, init, 0.36),
        ("init, hello native / hello pure", NATIVE, PURE, init, 0.33),
        ("warm, hello native / AWS's client, bare handler", NATIVE, AWS_CLIENT, warm, 0.25),
        ("warm, hello native / AWS's Rust runtime", NATIVE, RUST_RUNTIME, warm, 0.75),
        ("peak memory, hello native / AWS's client", NATIVE, AWS_CLIENT, peak, 0.75),
    ]
    targets = []
    for name, ours, theirs, figure, most in wanted:
        if theirs not in result.samples:
            continue  # not made on this machine; the run says why
        upper, lower = result.spread(ours, figure), result.spread(theirs, figure)
        if upper and lower:
            targets.append(Target(name, upper.median / lower.median, most))
    return targets


def summary(rows: Sequence[Target | JsonFigure]) -> str:
    """Return in one line how many targets are met, and which are not, JSON's included."""
    missed = [f"{row.name} ({row.ratio:.2f} > {row.most:.2f})" for row in rows if not row.met]
    met = f"bench-quick: {len(rows) - len(missed)} of {len(rows)} targets met"
    return f"{met}; missed: {'; '.join(missed)}" if missed else met


def write(
    path: Path, result: Result, more: dict[str, list[dict[str, Any]]], python: Path, events: int
) -> None:
    """Write everything, each sample too, as JSON; `more` is added as it is."""
    figures = [field.name for field in fields(Sample)]
    document = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": output_of("git", "rev-parse", "HEAD"),
        "python": output_of(str(python), "-VV"),
        "machine": machine(),
        "cpu_from": cpu_source(),
        "event_bytes": len(EVENT),
        "warm_events": events,
        "figures": figures,
        "subjects": {
            name: {
                figure: asdict(one) if (one := result.spread(name, figure)) else None
                for figure in figures
            }
            for name in result.samples
        },
        **more,
        "samples": {name: [asdict(one) for one in some] for name, some in result.samples.items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
