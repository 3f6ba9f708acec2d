"""The full benchmark: every subject at every workload, on a full core and on a share of one.

    make bench
    python benchmarks/full.py --subjects "Sparta native" --workloads hello --minutes 2

README.md beside this file says how it measures and what the figures do not tell.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chart import svg
from machine import machine, output_of, versions
from matrix import plan
from options import arguments, named
from reading import read
from record import Record
from running import run
from sparta.measure import cgroup
from sparta.measure.pinned import pin
from sparta.package.interpreters import find
from subjects import CACHE, prepare
from subjects.names import AWS_CLIENT, NATIVE, ORIGINAL_LIBRARY, ORIGINAL_SIDECAR, PURE, RUST
from subjects.preparation import MAKERS
from tables import markdown
from workloads import WORKLOADS

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sparta.measure.subject import Subject

MAIN = frozenset({AWS_CLIENT, PURE, NATIVE, ORIGINAL_SIDECAR, ORIGINAL_LIBRARY, RUST})
"""Subjects that are measured at each memory size."""


def main() -> int:
    """Set up, measure, write; returns 1 when the run was cut short, 2 for a wrong command line."""
    options = arguments(str(__doc__).splitlines()[0])
    python = find(options.python)
    if python is None:
        print(f"bench: no CPython {options.python} on this machine", file=sys.stderr)
        return 1
    wanted = named(MAKERS, options.subjects)
    if not wanted or set(options.workloads) - set(WORKLOADS):
        print(
            f"bench: nothing of that name; subjects: {'; '.join(MAKERS)}; "
            f"workloads: {', '.join(WORKLOADS)}",
            file=sys.stderr,
        )
        return 2
    started_s = time.monotonic()
    prepared = prepare(CACHE, python, options.python, only=wanted, say=say)
    entries = [
        (one.workload, one.subject)
        for one in prepared.entries
        if not options.workloads or one.workload in options.workloads
    ]
    record = Record(conditions(python), skipped=dict(prepared.skipped))
    say(f"set up in {time.monotonic() - started_s:.0f} s; {record.about['pinned']}")
    say(f"CPU from {record.about['cpu_from']}")
    file = measured(record, entries, options)
    if file is None:
        say("nothing was measured")
        return 1
    say(f"{', '.join(map(str, of_run(file)))}; {time.monotonic() - started_s:.0f} s with set-up")
    return 0 if record.about["finished"] else 1


def measured(
    record: Record, entries: list[tuple[str, Subject]], options: argparse.Namespace
) -> Path | None:
    """Measure and write; returns the results file, None where there is nothing to write."""
    for workload, subject in entries:
        if subject.zip_bytes is not None:
            record.zips[f"{workload}/{subject.name}"] = subject.zip_bytes
    not_throttled = record.about["not_throttled"]
    if not_throttled:
        say(f"without every part at a share of a core: {not_throttled}")
    parts = plan(
        entries,
        WORKLOADS,
        throttling=not_throttled is None,
        main=MAIN,
        rounds=options.rounds,
    )
    folder: Path = options.output
    file = folder / f"{record.about['made_at'][:10]}.json"
    partial = file.with_suffix(".partial.json")
    try:
        run(parts, options.minutes * 60, record, say, lambda: write(record, partial))
        record.about["finished"] = True
    except KeyboardInterrupt:
        say("interrupted: what was measured until now is kept")
    if record.about["finished"] and not (options.subjects or options.workloads or options.rounds):
        for one in of_run(partial):
            one.unlink(missing_ok=True)
    else:
        file = partial
    if not record.samples:
        return None
    write(record, file)
    return file


def conditions(python: Path) -> dict[str, Any]:
    """Return what the run is made on; pins it to one CPU."""
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "finished": False,
        "commit": output_of("git", "rev-parse", "HEAD"),
        "python": output_of(str(python), "-VV"),
        "machine": machine(),
        "versions": versions(),
        "pinned": pin(),
        "cpu_from": cgroup.cpu_source(),
        "not_throttled": cgroup.unavailable(),
        "event_bytes": {name: len(work.event) for name, work in WORKLOADS.items()},
    }


def write(record: Record, file: Path) -> None:
    """Write the samples, the tables and the chart."""
    record.write(file)
    reading = read(file)
    _, table, chart = of_run(file)
    table.write_text(markdown(reading), encoding="utf-8")
    chart.write_text(svg(reading), encoding="utf-8")


def of_run(file: Path) -> list[Path]:
    """Return the files of a run: samples, tables, chart."""
    return [file, file.with_suffix(".md"), file.with_suffix(".svg")]


def say(line: str) -> None:
    """Print a line at once."""
    print(f"bench: {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
