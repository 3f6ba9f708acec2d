"""Generates the archive's `index.py`: one entry for each function, imported when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.package.packaged import SPARTA, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.app.application import Entry

TEMPLATE = '''"""The functions of this archive; Lambda's handler setting is `index.<function>`."""

from sparta.runtime.index import resolve as _resolve

_ENTRIES = {{
{lines}
}}


def __getattr__(name):
    """Import the module of one function, and nothing else of the application."""
    return _resolve(_ENTRIES, name)
'''


def index_of(entries: Mapping[str, Entry]) -> PackagedFile:
    """Return the archive's `index.py`.

    Args:
        entries: Where each function stands, by the name of its entry.
    """
    lines = "\n".join(
        f"    {name!r}: {(entry.module, tuple(entry.path))!r},"
        for name, entry in sorted(entries.items())
    )
    return PackagedFile("index.py", SPARTA, content=TEMPLATE.format(lines=lines).encode())
