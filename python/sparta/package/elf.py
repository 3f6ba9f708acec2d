"""Reads what a shared library demands of its machine: word size, processor, highest glibc.

Only the parts of ELF that answer this are read; see elf(5) and the "Symbol Versioning" part of the
Linux Standard Base, https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MACHINES = {62: "x86_64", 183: "arm64"}
"""`e_machine` in Lambda's words for architectures."""
SHARED_OBJECT = 3
VERSION_NEEDS = 0x6FFFFFFE
"""Section type SHT_GNU_verneed."""
SECTION = struct.Struct("<IIQQQQIIQQ")
NEED = struct.Struct("<HHIII")
NEED_AUX = struct.Struct("<IHHII")


@dataclass(frozen=True, slots=True)
class Library:
    """What a shared library demands.

    Args:
        machine: "x86_64", "arm64", or the number of another processor.
        glibc: The highest version of glibc whose symbols it uses, (0, 0) when it uses none.
    """

    machine: str
    glibc: tuple[int, int]


def read(path: Path) -> Library:
    """Return what the library at `path` demands.

    Raises:
        ValueError: It is not a 64-bit little-endian ELF shared library.
    """
    content = path.read_bytes()
    try:
        return _library(content)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is a damaged ELF file") from error


def _library(content: bytes) -> Library:
    if content[:4] != b"\x7fELF":
        raise ValueError("not an ELF file")
    if content[4:6] != b"\x02\x01":
        raise ValueError("not a 64-bit little-endian ELF file")
    kind, machine = struct.unpack_from("<HH", content, 16)
    if kind != SHARED_OBJECT:
        raise ValueError("not a shared library")
    versions = [_version(name) for name in _needed_versions(content)]
    return Library(MACHINES.get(machine, str(machine)), max(versions, default=(0, 0)))


def _needed_versions(content: bytes) -> Iterator[str]:
    """Yield the names of the symbol versions that the library takes from others."""
    (table,) = struct.unpack_from("<Q", content, 40)
    size, count = struct.unpack_from("<HH", content, 58)
    sections = [SECTION.unpack_from(content, table + index * size) for index in range(count)]
    for _, kind, _, _, offset, _, link, libraries, _, _ in sections:
        if kind == VERSION_NEEDS:
            strings = sections[link][4]
            yield from _names(content, offset, libraries, strings)


def _names(content: bytes, offset: int, libraries: int, strings: int) -> Iterator[str]:
    for _ in range(libraries):
        _, count, _, first, following = NEED.unpack_from(content, offset)
        entry = offset + first
        for _ in range(count):
            _, _, _, name, step = NEED_AUX.unpack_from(content, entry)
            start = strings + name
            yield content[start : content.index(b"\0", start)].decode()
            entry += step
        offset += following


def _version(name: str) -> tuple[int, int]:
    """Return (2, 25) for "GLIBC_2.25" and "GLIBC_2.2.5" as (2, 2); (0, 0) for other names."""
    prefix, _, number = name.partition("_")
    parts = number.split(".")
    if prefix != "GLIBC" or not parts[0].isdigit():
        return (0, 0)
    return int(parts[0]), int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
