"""Takes statements out of a source: their lines stay, empty or with a word on what stood there."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sparta.package.slice.unit import Unit

KEEP = "# sparta: keep"
_BOM = b"\xef\xbb\xbf"


class CutError(Exception):
    """A module cannot be sliced; its text says why."""


def lines_of(content: bytes) -> list[bytes]:
    """Return the lines of a source with their ends, as Python counts them."""
    return content.removeprefix(_BOM).splitlines(keepends=True)


def kept_lines(content: bytes) -> set[int]:
    """Return the lines that `# sparta: keep` is about: its own, and the next for one of its own."""
    found: set[int] = set()
    if KEEP not in content.decode("utf-8", "replace"):
        return found
    for token in tokenize.tokenize(io.BytesIO(content).readline):
        if token.type == tokenize.COMMENT and token.string.startswith(KEEP):
            alone = not token.line[: token.start[1]].strip()
            found.add(token.start[0] + alone)
    return found


def shares_lines(unit: Unit, lines: Sequence[bytes]) -> bool:
    """Say whether other code stands on the lines of `unit`, which then cannot be taken out."""
    after = lines[unit.last_line - 1][unit.node.end_col_offset or 0 :].strip()
    before = lines[unit.first_line - 2].rstrip() if unit.first_line > 1 else b""
    return bool(
        (after and not after.startswith(b"#")) or unit.node.col_offset or before.endswith(b"\\")
    )


def without(content: bytes, kept: Iterable[Unit], dropped: Mapping[Unit, str]) -> bytes:
    """Return `content` without the statements `dropped`, each with a word on it in its place.

    Raises:
        CutError: What is left is not exactly what was to be kept, line for line.
    """
    lines = lines_of(content)
    for unit, word in dropped.items():
        _blank(lines, unit, word)
    text = b"".join(lines)
    try:
        left = ast.parse(text).body
    except (SyntaxError, ValueError) as error:
        raise CutError(f"what is left cannot be parsed: {error}") from error
    wanted = sorted((unit.node for unit in kept), key=lambda node: (node.lineno, node.col_offset))
    if [*map(_dumped, left)] != [*map(_dumped, wanted)]:
        raise CutError("cutting it would change what is left")
    return text


def _dumped(node: ast.stmt) -> str:
    return ast.dump(node, include_attributes=True)


def ranges(dropped: Iterable[Unit]) -> tuple[tuple[int, int], ...]:
    """Return the lines of `dropped`, first and last of each, those that touch each other joined."""
    found: list[tuple[int, int]] = []
    for unit in sorted(dropped, key=lambda unit: unit.first_line):
        if found and found[-1][1] + 1 == unit.first_line:
            found[-1] = (found[-1][0], unit.last_line)
        else:
            found.append((unit.first_line, unit.last_line))
    return tuple(found)


def shown(unit: Unit, lines: Sequence[bytes]) -> str:
    """Return the first line of a statement, as a report shows it."""
    return lines[unit.first_line - 1].decode("utf-8", "replace").strip()


def _blank(lines: list[bytes], unit: Unit, word: str) -> None:
    for number in range(unit.first_line - 1, unit.last_line):
        line = lines[number]
        ending = line[len(line.rstrip(b"\r\n")) :]
        first = number == unit.first_line - 1
        lines[number] = (f"# {word}".encode() if first else b"") + ending
