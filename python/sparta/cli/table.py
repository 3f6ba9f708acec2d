"""Tables of text: columns as wide as what is in them, the last ones wrapped to the terminal."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Row = Sequence[str]

WIDEST = 120
"""Of a table, in characters, where the output is no terminal or a wider one."""
_GAP = "  "
_NARROWEST = 12


def table(title: str, header: Row, rows: Sequence[Row], *, colour: bool = False) -> str:
    """Return a table as lines; empty where it has no rows.

    Args:
        title: The line above it.
        header: The names of the columns.
        rows: The cells; a line break begins a new line of the cell.
        colour: Whether title and header stand out.
    """
    if not rows:
        return ""
    widths = _widths([header, *rows], _room())
    lines = [_styled(title, bold=True) if colour else title]
    heading = _GAP.join(name.ljust(width) for name, width in zip(header, widths, strict=True))
    lines.append(_styled(heading.rstrip(), bold=False) if colour else heading.rstrip())
    lines.append(_GAP.join("─" * width for width in widths))
    for row in rows:
        lines += _lines(row, widths)
    return "\n".join(lines)


def _room() -> int:
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def _styled(text: str, *, bold: bool) -> str:
    return click.style(text, fg="cyan", bold=bold)


def _widths(rows: Sequence[Row], room: int) -> list[int]:
    """Return the columns' widths: the widest gives way first where the room is too small."""
    cells = zip(*rows, strict=True)
    widths = [max(len(line) for cell in column for line in _split(cell)) for column in cells]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _split(cell: str) -> list[str]:
    return cell.splitlines() or [""]


def _lines(row: Row, widths: Sequence[int]) -> Iterator[str]:
    cells = [
        [part for line in _split(cell) for part in textwrap.wrap(line, width) or [""]]
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(len(cell) for cell in cells)):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        text = _GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
        yield text.rstrip()
