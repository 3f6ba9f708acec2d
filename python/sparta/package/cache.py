"""What was made once from the same inputs is not made again.

An entry is named by the hash of everything that went into it and appears by renaming, so that an
interrupted or a parallel run leaves nothing half-made.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNUSED_DAYS = 30
DAY_S = 24 * 60 * 60


def key_of(*parts: str | bytes) -> str:
    """Return the hash of `parts`, each told apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.hexdigest()


def key_of_files(files: Iterable[Path], base: Path) -> str:
    """Return the hash of the names (relative to `base`) and contents of `files`."""
    parts: list[str | bytes] = []
    for file in sorted(files):
        parts += (file.relative_to(base).as_posix(), file.read_bytes())
    return key_of(*parts)


def user_folder() -> Path:
    """Return Sparta's folder in the user's cache."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "sparta"


def entry(parent: Path, key: str, make: Callable[[Path], None]) -> Path:
    """Return the folder `parent/key`, made by `make(folder)` when it does not exist yet.

    Args:
        parent: Where entries of this kind stand.
        key: The hash of all inputs.
        make: Fills an empty folder; when it raises, no entry appears.
    """
    found = parent / key
    if found.is_dir():
        os.utime(found)
        return found
    parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=parent, prefix=".making-"))
    try:
        # The folder of `mkdtemp` is private; what is cached is as open as its parent.
        temporary.chmod(0o755)
        make(temporary)
        _rename(temporary, found)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    drop_unused(parent)
    return found


def drop_unused(parent: Path, *, days: int = UNUSED_DAYS) -> None:
    """Remove the entries of `parent` that nobody asked for in the last `days` days."""
    oldest = time.time() - days * DAY_S
    for found in list(parent.iterdir()):
        try:
            if found.stat().st_mtime < oldest:
                shutil.rmtree(found) if found.is_dir() else found.unlink()
        except OSError:
            continue  # somebody else removed it, or holds it


def _rename(temporary: Path, found: Path) -> None:
    try:
        temporary.rename(found)
    except OSError:
        # Another run made the same entry meanwhile; both hold the same.
        if not found.is_dir():
            raise
