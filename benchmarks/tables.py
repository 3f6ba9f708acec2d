"""A full run as Markdown: every table of results/<date>.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reading import COLD
from sparta.measure.regime import E1, E2, FULL, MEMORY_SIZES_MB, on_demand

if TYPE_CHECKING:
    from reading import Reading

COLUMNS = {
    COLD: "start and first answer, wall ms",
    "init_cpu_ms": "init CPU ms",
    "init_wall_ms": "init wall ms",
    "first_cpu_ms": "first CPU ms",
    "first_wall_ms": "first wall ms",
    "warm_cpu_ms": "warm CPU ms",
    "warm_wall_mean_ms": "warm wall ms, mean",
    "warm_wall_p99_ms": "warm wall ms, p99",
    "peak_mib": "peak MiB",
}
LABELS = {
    FULL.name: "Full core",
    E1.name: "E1, 128 MB: init on a full core, events at 7.2 % of one",
    E2.name: "E2, 128 MB: 7.2 % of a core from exec on",
}
SIZES = [on_demand(size).name for size in MEMORY_SIZES_MB]
PER_SIZE = {
    "first event, wall ms": "first_wall_ms",
    "warm event, wall ms, mean": "warm_wall_mean_ms",
    "warm event, wall ms, p99": "warm_wall_p99_ms",
}
ORIGINAL = "original"
HEADLINE = """\
## The first Sparta's headline

It says that a cold start at 128 MB went from about 1,500 ms to about 500 ms when its Python handler
took the place of its Node shim. **Those two figures are its own, from elsewhere**, without the
application and the method behind them. Its designs, rebuilt, in this run; wall ms from exec to the
first answer:
"""
NOTES = """\
Median (least-most) of all starts; the subjects took turns. Init is exec to the first `/next`, of
the bare interpreter to its end. How it was measured, and what it does not tell: `../README.md`.
"""


def markdown(reading: Reading) -> str:
    """Return the whole document."""
    sections = [f"# Full run of {reading.date}", _about(reading), NOTES]
    for workload, regime in reading.tables():
        if regime in LABELS:
            sections += [f"## {workload}: {LABELS[regime]}", _table(reading, workload, regime)]
    sections += _headline(reading)
    by_size = [regime for regime in SIZES if ("hello", regime) in reading.tables()]
    for workload in dict.fromkeys(one for one, regime in reading.tables() if regime in by_size[1:]):
        for title, figure in PER_SIZE.items():
            heading = f"## {workload} by memory size: {title}"
            sections += [heading, _sizes(reading, workload, by_size, figure)]
    return "\n\n".join(section.strip() for section in sections) + "\n"


def conditions(document: dict[str, Any]) -> str:
    """Return in one sentence what a run was made on."""
    machine = document["machine"]
    return (
        f"{document['python'].split(' (')[0]}, {machine['processor']}, {machine['architecture']}, "
        f"{machine['cores']} cores, Linux {machine['kernel'].split('-')[0]}"
    )


def _about(reading: Reading) -> str:
    document = reading.document
    lines = [
        f"- {conditions(document)}; {document['pinned']}.",
        f"- CPU time comes from {document['cpu_from']}.",
        "- Peak memory is the sum of VmHWM over the processes of a subject.",
    ]
    if document["not_throttled"]:
        lines.append(f"- **No part with a share of a core**: {document['not_throttled']}.")
    if not document["finished"]:
        lines.append("- **The run was ended before its last part.**")
    lines += [
        f"- {part['name']}: {part['rounds']} of {part['rounds_wanted']} rounds, "
        f"{part['seconds']:.0f} s"
        for part in document["parts"]
    ]
    lines += [f"- Left out: {name}: {_line(text)}" for name, text in document["skipped"].items()]
    lines += [
        f"- **Failed**: {one['subject']}, {one['workload']}, {one['regime']}: {_line(one['error'])}"
        for one in document["failures"]
    ]
    versions = ", ".join(f"{name} {text}" for name, text in document["versions"].items())
    return "\n".join([*lines, f"- Versions: {versions}."])


def _table(reading: Reading, workload: str, regime: str) -> str:
    names = reading.subjects(workload, regime)
    rows = [["subject", "starts", *COLUMNS.values(), "ZIP KiB"]]
    rows.append(["---"] + ["---:"] * (len(rows[0]) - 1))
    zips = reading.document["zip_bytes"]
    for name in names:
        spreads = [reading.spread(workload, regime, name, figure) for figure in COLUMNS]
        cells = [one.text() if one else "-" for one in spreads]
        size = zips.get(f"{workload}/{name}")
        archive = f"{size / 1024:,.0f}" if size else "-"
        rows.append([name, str(reading.starts(workload, regime, name)), *cells, archive])
    return _markdown_table(rows)


def _headline(reading: Reading) -> list[str]:
    """Return what a run says about the first Sparta's best-known figure, where it was rebuilt."""
    tables = reading.tables()
    regimes = [regime for regime in (E1.name, E2.name) if ("hello", regime) in tables]
    names = reading.subjects("hello", regimes[0]) if regimes else []
    if not any(ORIGINAL in name.lower() for name in names):
        return []
    rows = [["hello", *regimes, "warm event, E1"], ["---"] + ["---:"] * (len(regimes) + 1)]
    for name in names:
        if ORIGINAL in name.lower() or name.startswith("Sparta"):
            spreads = [reading.spread("hello", regime, name, COLD) for regime in regimes]
            spreads.append(reading.spread("hello", E1.name, name, "warm_wall_mean_ms"))
            rows.append([name, *(one.text() if one else "-" for one in spreads)])
    return [HEADLINE, _markdown_table(rows)]


def _sizes(reading: Reading, workload: str, regimes: list[str], figure: str) -> str:
    rows = [["subject", *regimes], ["---"] + ["---:"] * len(regimes)]
    for name in reading.subjects(workload, regimes[-1]):
        spreads = [reading.spread(workload, regime, name, figure) for regime in regimes]
        rows.append([name, *(one.text() if one else "-" for one in spreads)])
    return _markdown_table(rows)


def _markdown_table(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(text: str) -> str:
    return " ".join(text.split())
