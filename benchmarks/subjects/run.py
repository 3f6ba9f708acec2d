"""Runs what makes a subject; a failure is the reason why it is missing."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from subjects.entry import NotHereError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LAST_LINES = 12


def run(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None
) -> None:
    """Run a command to its end.

    Raises:
        NotHereError: It failed; the text ends with the last lines it printed.
    """
    words = [str(word) for word in command]
    made = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        printed = f"{made.stdout}\n{made.stderr}".strip().splitlines()[-LAST_LINES:]
        raise NotHereError("\n".join([f"`{' '.join(words[:4])} ...` failed:", *printed]))


def program(name: str) -> str:
    """Return the path of a program.

    Raises:
        NotHereError: There is none on PATH.
    """
    path = shutil.which(name)
    if path is None:
        raise NotHereError(f"there is no `{name}` on PATH")
    return path
