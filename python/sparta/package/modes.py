"""Which files of an archive are programs (mode 755), told the same on every host."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = (b"#!", b"\x7fELF")
"""How a script and a compiled program or library begin."""


def executable(path: Path, *, has_modes: bool = os.name == "posix") -> bool:
    """Say whether one of the user's files is a program.

    Args:
        path: The file.
        has_modes: Whether this system keeps modes; where it does not (Windows), the file's first
            bytes say it.
    """
    return os.access(path, os.X_OK) if has_modes else begins_as_program(path)


def begins_as_program(path: Path) -> bool:
    """Say whether a file begins as scripts and ELF files do."""
    with path.open("rb") as file:
        return file.read(4).startswith(PROGRAMS)
