"""The quick benchmark: CPU and memory of Sparta's two runtimes beside AWS's own client.

    make bench-quick
    python benchmarks/quick.py --rounds 31 --python 3.12 --check

README.md beside this file says how it measures and what the figures do not tell.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from json_speed import figures
from report import Result, summary, targets_of, write
from side_by_side import samples_of
from sparta.app.limits import PYTHONS
from sparta.measure.cgroup import cpu_source
from sparta.measure.pinned import pin
from sparta.package.interpreters import find
from subjects.quick import prepare, rust_runtime

RESULT_FILE = Path(__file__).resolve().parent / "results" / "quick.json"


def main() -> int:
    """Measure, print, write; returns 1 when `--check` is given and a target is missed."""
    options = arguments()
    print(f"bench-quick: {pin()}; CPU from {cpu_source()}", flush=True)
    python = find(options.python)
    if python is None:
        print(f"bench-quick: no CPython {options.python} on this machine", file=sys.stderr)
        return 1
    rust = rust_runtime(options.python) if options.rust else None
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sparta-bench-") as folder:
        print(f"bench-quick: packaging examples/hello for CPython {options.python}", flush=True)
        subjects = prepare(Path(folder), python, options.python)
        subjects += [rust] if rust else []
        print(f"bench-quick: {options.rounds} rounds of {len(subjects)} subjects", flush=True)
        result = Result(samples_of(subjects, options.rounds, options.events))
    print(result.table(options.python, options.events))
    targets = targets_of(result)
    json_figures = figures()
    print("\n".join(target.line() for target in targets))
    print("\n".join(figure.line() for figure in json_figures))
    more = {
        "targets": [target.document() for target in targets],
        "json": [figure.document() for figure in json_figures],
    }
    write(options.output, result, more, python, options.events)
    print(summary([*targets, *json_figures]))
    print(f"bench-quick: {options.output}, {time.monotonic() - started:.0f} s")
    return 1 if options.check and not all(target.met for target in targets) else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=21, help="how often each subject starts")
    parser.add_argument("--events", type=int, default=300, help="warm events per start")
    parser.add_argument("--python", default=running, choices=PYTHONS, help="CPython, for all")
    parser.add_argument(
        "--no-rust", dest="rust", action="store_false", help="without AWS's Rust runtime"
    )
    parser.add_argument("--check", action="store_true", help="exit 1 when a target is missed")
    parser.add_argument("--output", type=Path, default=RESULT_FILE, help="the JSON file to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
