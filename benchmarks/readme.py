"""The numbers of README.md, out of the last full run that is kept, never typed.

make bench-readme
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reading import COLD, last
from sparta.measure.regime import E1, E2, FULL
from tables import conditions

if TYPE_CHECKING:
    from reading import Reading

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- numbers: made by `make bench-readme`, not by hand -->"
END = "<!-- end of numbers -->"
OURS = "Sparta native"
COLUMNS = [
    ("start, CPU", FULL.name, "init_cpu_ms"),
    ("start + first answer at 128 MB (E1)", E1.name, COLD),
    ("the same, throttled from exec on (E2)", E2.name, COLD),
    ("warm event, CPU", FULL.name, "warm_cpu_ms"),
    ("peak MiB", FULL.name, "peak_mib"),
]


def main() -> int:
    """Write the block; returns 1 while no full run is kept."""
    reading = last()
    if reading is None:
        print("bench-readme: no results yet: make bench", file=sys.stderr)
        return 1
    README.write_text(with_block(README.read_text("utf-8"), block(reading)), encoding="utf-8")
    print(f"bench-readme: README.md has the numbers of {reading.date}")
    return 0


def block(reading: Reading) -> str:
    """Return what stands between the two comments."""
    date = reading.date
    rows = [["hello, ms", *(title for title, _, _ in COLUMNS)], ["---"] + ["---:"] * len(COLUMNS)]
    names = _names(reading)
    for name in names:
        found = [reading.spread("hello", regime, name, figure) for _, regime, figure in COLUMNS]
        title = f"**{name}**" if name.startswith("Sparta") else name
        rows.append([title, *(_number(one.median) if one else "-" for one in found)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"""\
![Start and warm event of each subject](benchmarks/results/{date}.svg)

{table}

Medians of `make bench` on {date}: {conditions(reading.document)}. {_ahead(reading, names)}\
Not Lambda itself; every table, with the least and the most: \
[benchmarks/results/{date}.md](benchmarks/results/{date}.md).
"""


def with_block(text: str, block: str) -> str:
    """Return a document with the block between its two comments."""
    pattern = f"{re.escape(BEGIN)}\n.*?{re.escape(END)}"
    if not re.search(pattern, text, re.DOTALL):
        raise SystemExit(f"bench-readme: README.md has no {BEGIN}")
    return re.sub(pattern, lambda _: f"{BEGIN}\n{block}{END}", text, flags=re.DOTALL)


def _names(reading: Reading) -> list[str]:
    found: list[str] = []
    for regime in (E1.name, FULL.name):
        found += [name for name in reading.subjects("hello", regime) if name not in found]
    return found


def _ahead(reading: Reading, names: list[str]) -> str:
    """Return who is ahead of us, and in what: said as plainly as the rest."""
    own = [name for name in names if name.startswith(OURS)]
    others = [name for name in names if not name.startswith("Sparta") and _serves(reading, name)]
    found = []
    for title, regime, figure in COLUMNS:
        best = [
            one.median for name in own if (one := reading.spread("hello", regime, name, figure))
        ]
        ahead = [
            name
            for name in others
            if best and (one := reading.spread("hello", regime, name, figure))
            if one.median < min(best)
        ]
        found += [f"{title}: {', '.join(ahead)}"] if ahead else []
    return f"Ahead of {OURS}: {'; '.join(found)}. " if found else ""


def _serves(reading: Reading, name: str) -> bool:
    return reading.spread("hello", FULL.name, name, COLD) is not None


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:,.1f}"


if __name__ == "__main__":
    sys.exit(main())
