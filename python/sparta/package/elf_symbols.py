"""Reads what a shared library offers to others and asks of them: symbols, and other libraries.

See elf(5), "Symbol table" and "Dynamic tags".
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DYNAMIC, DYNAMIC_SYMBOLS = 6, 11
"""Types of sections: SHT_DYNAMIC, SHT_DYNSYM."""
NEEDED = 1
"""The tag DT_NEEDED."""
SECTION = struct.Struct("<IIQQQQIIQQ")
ENTRY = struct.Struct("<QQ")
SYMBOL = struct.Struct("<IBBHQQ")


@dataclass(frozen=True, slots=True)
class Symbols:
    """The names at the edge of a shared library.

    Args:
        needed: The libraries that the loader has to find, such as `libc.so.6`.
        exported: What it offers.
        undefined: What it asks of others.
    """

    needed: tuple[str, ...]
    exported: frozenset[str]
    undefined: frozenset[str]


def read(path: Path) -> Symbols:
    """Return the names at the edge of the 64-bit little-endian ELF library at `path`.

    Raises:
        ValueError: The file is damaged.
    """
    content = path.read_bytes()
    needed: list[str] = []
    exported: set[str] = set()
    undefined: set[str] = set()
    try:
        for kind, offset, size, strings in _sections(content):
            if kind == DYNAMIC:
                entries = ENTRY.iter_unpack(content[offset : offset + size])
                needed += [_text(content, strings + at) for tag, at in entries if tag == NEEDED]
            elif kind == DYNAMIC_SYMBOLS:
                symbols = SYMBOL.iter_unpack(content[offset : offset + size])
                for name, _, _, section, _, _ in symbols:
                    (exported if section else undefined).add(_text(content, strings + name))
    except (struct.error, IndexError, ValueError) as error:
        raise ValueError(f"{path.name} is a damaged ELF file") from error
    return Symbols(tuple(needed), frozenset(exported), frozenset(undefined - {""}))


def _sections(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Yield type, offset, size and the offset of the string table of each section."""
    (table,) = struct.unpack_from("<Q", content, 40)
    entry_size, count = struct.unpack_from("<HH", content, 58)
    sections = [SECTION.unpack_from(content, table + index * entry_size) for index in range(count)]
    for _, kind, _, _, offset, size, link, _, _, _ in sections:
        yield kind, offset, size, sections[link][4]


def _text(content: bytes, start: int) -> str:
    return content[start : content.index(b"\0", start)].decode()
