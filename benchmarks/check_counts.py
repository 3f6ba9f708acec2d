"""The guard of the hot paths: exact counts beside the committed baseline.

    python benchmarks/check_counts.py            fails where a count rose by more than 5 %
    python benchmarks/check_counts.py --record   writes this machine's counts into the baseline

A key (CPython's patch version, rustc, architecture) that the baseline does not have is printed and
written to `.cache/`, and nothing fails. README.md beside this file says what is counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from event import EVENT
from guard.callgrind import unavailable
from guard.comparison import Counts, change, failures, key_of, read, with_counts
from guard.counted import counts_of
from sparta.package.interpreters import find

BASELINE = Path(__file__).resolve().parent / "guard" / "baseline.json"
RECORDED = Path(__file__).resolve().parents[1] / ".cache" / "guard-baseline.json"


def main() -> int:
    """Count, compare, say; returns 1 where a hot path became longer."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", action="store_true", help="write the counts as the baseline")
    options = parser.parse_args()
    reason = unavailable()
    if reason:
        print(f"guard: skipped: {reason}")
        return 0
    minor = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = find(minor) or Path(sys.executable)
    with tempfile.TemporaryDirectory(prefix="sparta-guard-") as folder:
        counts = counts_of(Path(folder), python, minor, EVENT)
    key = key_of(_version(python), _rustc())
    baselines = read(BASELINE)
    if options.record:
        BASELINE.write_text(with_counts(baselines, key, counts), encoding="utf-8")
        print(f"guard: recorded for {key}")
        return 0
    known = baselines.get(key)
    _show(counts, known["numbers"] if known else {})
    if known is None:
        RECORDED.parent.mkdir(parents=True, exist_ok=True)
        RECORDED.write_text(with_counts(baselines, key, counts), encoding="utf-8")
        print(f"guard: nothing to compare with for {key}; to keep these counts as its baseline:")
        print("guard: cp .cache/guard-baseline.json benchmarks/guard/baseline.json")
        return 0
    grown = failures(counts, known)
    for line in grown:
        print(f"guard: {line}", file=sys.stderr)
    print(f"guard: {key}: {len(grown)} of {len(counts.numbers) + len(counts.modules)} grew")
    return 1 if grown else 0


def _show(counts: Counts, known: dict[str, int]) -> None:
    for name, number in counts.numbers.items():
        beside = f"  {change(number, known[name])}" if name in known else ""
        print(f"guard: {name}: {number:,}{beside}")
    for name, modules in counts.modules.items():
        print(f"guard: {name}: {len(modules)} modules")


def _version(python: Path) -> str:
    return _said(str(python), "-c", "import platform; print(platform.python_version())")


def _rustc() -> str:
    return _said("rustc", "--version").split()[1]


def _said(*command: str) -> str:
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
