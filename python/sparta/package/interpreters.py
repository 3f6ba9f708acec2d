"""Finds the CPython of a given minor version on this machine, by running candidates.

A name on PATH proves nothing: a version switcher's shim may refuse to run, a `python3.12` may be a
release candidate, a virtual environment may hide another one. So every candidate is asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTION = (
    "import sys; v = sys.version_info; print(v.releaselevel in ('final', 'candidate')"
    " and sys.implementation.name == 'cpython' and f'{v[0]}.{v[1]}');"
    " print(sys._base_executable or sys.executable)"
)
ANSWER_TIMEOUT_S = 10


@lru_cache(maxsize=16)
def find(minor: str) -> Path | None:
    """Return an interpreter of exactly this minor version, or None when there is none here.

    The interpreter is never one of a virtual environment: it is what that environment was made of,
    so that nothing installed in it is seen.

    Args:
        minor: A minor version of Python, such as "3.12".
    """
    asked: set[str] = set()
    for candidate in _candidates(minor):
        path = os.path.realpath(candidate)
        if path in asked:
            continue
        asked.add(path)
        found = _base_of(candidate, minor)
        if found is not None:
            return found
    return None


def _candidates(minor: str) -> Iterator[Path]:
    """Yield what may be that interpreter, the likeliest first."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == minor:
        yield Path(sys.executable)
    for folder in _version_folders():
        # The newest patch release first: 3.12.10 sorts after 3.12.9 only as numbers.
        for home in sorted(folder.glob(f"*{minor}*"), key=_numbers, reverse=True):
            yield from _within(home)
    for name in (f"python{minor}", "python3", "python"):
        found = shutil.which(name)
        if found:
            yield Path(found)


def _version_folders() -> tuple[Path, ...]:
    """Return the folders where version switchers keep one folder per interpreter."""
    home = Path.home()
    share = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return (
        Path(os.environ.get("PYENV_ROOT") or home / ".pyenv") / "versions",
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or share / "uv" / "python"),
        Path(os.environ.get("ASDF_DATA_DIR") or home / ".asdf") / "installs" / "python",
        share / "mise" / "installs" / "python",
    )


def _within(home: Path) -> Iterator[Path]:
    for path in (home / "bin" / "python3", home / "python.exe"):
        if path.exists():
            yield path


def _numbers(home: Path) -> list[int]:
    words = home.name.replace("-", ".").split(".")
    return [int(word) for word in words if word.isdigit()]


def _base_of(candidate: Path, minor: str) -> Path | None:
    """Run `candidate`; return the installed interpreter behind it when its version is `minor`."""
    try:
        answer = subprocess.run(  # noqa: S603 - the candidate is an interpreter of this machine
            [str(candidate), "-I", "-S", "-c", QUESTION],
            capture_output=True,
            text=True,
            timeout=ANSWER_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version, _, executable = answer.stdout.strip().partition("\n")
    if answer.returncode != 0 or version != minor:
        return None
    return Path(executable)
