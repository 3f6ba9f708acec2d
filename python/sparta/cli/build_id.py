"""Which state of the application a log is about.

It enters neither template nor tags: a build id there would make a change of every run.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_GIT = ("rev-parse", "HEAD")


def git_sha(folder: Path) -> str | None:
    """Return the commit that `folder` is at; None if it is in no repository, or git is missing."""
    git = shutil.which("git")
    if git is None:
        return None
    asked = subprocess.run(  # noqa: S603 - fixed arguments
        (git, "-C", str(folder), *_GIT), capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def content_hash(*parts: bytes) -> str:
    """Return a hash of `parts`, as long as a git SHA."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:40]
