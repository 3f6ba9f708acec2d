"""Generates the archive's `index.py`: one entry for each function, imported when asked for."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sparta.package.packaged import SPARTA, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparta.app.application import Entry
    from sparta.package.slice.slicing import Slice

TEMPLATE = '''"""The functions of this archive; Lambda's handler setting is `index.<function>`."""

from sparta.runtime.index import resolve as _resolve

BUILD_ID = {build_id!r}
_ENTRIES = {{
{lines}
}}
_NAMED = {named!r}
{slices}

def __getattr__(name):
    """Import the module of one function, and nothing else of the application."""{use}
    return _resolve(_ENTRIES, name, _NAMED)
'''
SLICES = """_SLICES = {{
{lines}
}}
"""
USE = """
    if name in _SLICES:
        from _sparta_slices import use

        use(name, __file__.rpartition("/")[0], _SLICES.pop(name))"""


def _place(entry: Entry) -> tuple[object, ...]:
    place = (entry.module, tuple(entry.path))
    return (*place, True) if entry.is_provider else place


def build_id_of(files: Iterable[PackagedFile]) -> str:
    """Return a hash of what is in an archive: the same for the same files, and for no others."""
    content = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        content.update(f"{file.path}\0{file.sha256}\0".encode())
    return content.hexdigest()[:40]


def index_of(
    entries: Mapping[str, Entry],
    build_id: str = "",
    named: Mapping[str, tuple[str, ...]] | None = None,
    slices: Mapping[str, Slice] | None = None,
) -> PackagedFile:
    """Return the archive's `index.py`.

    Args:
        entries: Where each function stands, by the name of its entry.
        build_id: What log lines call this state of the application.
        named: What functions of the application read of `sparta`, by module.
        slices: The functions whose module enters as a slice.
    """
    lines = "\n".join(
        f"    {name!r}: {_place(entry)!r}," for name, entry in sorted(entries.items())
    )
    more = "\n".join(
        f"    {name!r}: {(one.module, one.path, one.ranges, one.names)!r},"
        for name, one in sorted((slices or {}).items())
    )
    content = TEMPLATE.format(
        lines=lines,
        build_id=build_id,
        named=dict(named or {}),
        slices=SLICES.format(lines=more) if more else "",
        use=USE if more else "",
    )
    return PackagedFile("index.py", SPARTA, content=content.encode())
