"""What was dropped and why: for people, in `.sparta/<service>-slices/`, and in one line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from sparta.package.slice.slicing import Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from sparta.package.report import Report
    from sparta.package.slice.slicing import Line, Whole

REPORT = "report.txt"
SHOWN = 56
"""Characters of a statement."""


def keep(outcomes: Mapping[str, Slice | Whole], folder: Path) -> None:
    """Write the report, and each slice as it enters the archive; what was there before goes.

    Args:
        outcomes: By the name of the function's entry.
        folder: Where to.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = "\n".join(line for item in sorted(outcomes.items()) for line in _lines(*item))
    (folder / REPORT).write_text(text + "\n", encoding="utf-8")
    for entry, outcome in outcomes.items():
        if isinstance(outcome, Slice):
            (folder / f"{entry}.py").write_bytes(outcome.content)


def tell(outcomes: Mapping[str, Slice | Whole], folder: Path, report: Report) -> None:
    """Say in one line which functions were sliced, if any were."""
    slices = [outcome for outcome in outcomes.values() if isinstance(outcome, Slice)]
    if slices:
        gained = sorted({name for one in slices for name in one.gained})
        count = f"{len(slices)} of {len(outcomes)}"
        place = folder.parent.name + "/" + folder.name
        report("Sliced functions", Functions=count, Without=",".join(gained), Report=place)


def _lines(entry: str, outcome: Slice | Whole) -> Iterator[str]:
    if not isinstance(outcome, Slice):
        yield f"{entry}: {outcome.path} is left whole: {outcome.reason}"
        yield ""
        return
    yield f"{entry}: {outcome.path} without {', '.join(outcome.gained)}"
    yield from _statements("dropped", outcome.dropped)
    yield from _statements("stays", outcome.kept)
    yield ""


def _statements(title: str, lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        text = line.text if len(line.text) <= SHOWN else line.text[: SHOWN - 3] + "..."
        yield f"  {title:<8} {line.number:>5}  {text:<{SHOWN}}  {line.reason}"
