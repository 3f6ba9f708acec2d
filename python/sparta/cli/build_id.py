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

    from sparta.app.application import Application
    from sparta.cli.console import Console


def git_sha(folder: Path) -> str | None:
    """Return the commit that `folder` is at, with `-dirty` behind it where files differ from it.

    None if it is in no repository, or git is missing.
    """
    git = shutil.which("git")
    if git is None:
        return None
    sha = _answer_of(git, folder, "rev-parse", "HEAD")
    if sha is None:
        return None
    return f"{sha}-dirty" if _answer_of(git, folder, "status", "--porcelain", "--", ".") else sha


def _answer_of(git: str, folder: Path, *words: str) -> str | None:
    asked = subprocess.run(  # noqa: S603 - fixed arguments
        (git, "-C", str(folder), *words), capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def content_hash(*parts: bytes) -> str:
    """Return a hash of `parts`, as long as a git SHA."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:40]


def build_id_of(application: Application, template: bytes, console: Console) -> str:
    """Return the name of the application's state, and say what it was taken from."""
    sha = git_sha(application.project)
    if sha is not None:
        console("Using `git` SHA for BuildID", Command="git rev-parse HEAD", SHA=sha)
        return sha
    found = content_hash(template, application.app_file.read_bytes())
    console("Using content hash for BuildID", SHA=found)
    return found
