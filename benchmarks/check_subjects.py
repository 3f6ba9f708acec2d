"""Starts every subject once with every workload it serves, and looks at its answers. No timing.

python benchmarks/check_subjects.py --python 3.12 --only "AWS's client" --only Chalice
"""

from __future__ import annotations

import argparse
import sys

from sparta.measure.regime import FULL
from sparta.measure.start import measure
from sparta.measure.subject import MeasureError
from sparta.package.interpreters import find
from subjects import CACHE, prepare
from subjects.preparation import MAKERS
from workloads import WORKLOADS


def main() -> int:
    """Check; returns 1 when an answer is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    parser.add_argument("--python", default=running, help="minor version of CPython, for all")
    parser.add_argument("--only", action="append", choices=MAKERS, default=[], help="a subject")
    options = parser.parse_args()
    python = find(options.python)
    if python is None:
        sys.exit(f"check_subjects: no CPython {options.python} on this machine")
    prepared = prepare(CACHE, python, options.python, only=options.only, say=say)
    wrong = 0
    for workload, subject in prepared.entries:
        work = WORKLOADS[workload]
        try:
            measure(subject, work.event, warm_events=2, regime=FULL, check=work.check)
        except MeasureError as error:
            wrong += 1
            say(f"WRONG {subject.name}, {workload}: {error}")
        else:
            size = "" if subject.zip_bytes is None else f", {subject.zip_bytes:,} bytes"
            say(f"right {subject.name}, {workload}{size}")
    for name, reason in prepared.skipped.items():
        say(f"without {name}: {reason}")
    say(f"{len(prepared.entries)} pairs, {wrong} wrong, {len(prepared.skipped)} subjects missing")
    return 1 if wrong else 0


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
