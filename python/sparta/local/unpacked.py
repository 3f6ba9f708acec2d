"""Unpacks archives: what Lambda mounts at `/var/task` and `/opt`, one folder for each content."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def unpack(archives: Iterable[bytes], folder: Path) -> None:
    """Unpack ZIPs into a new `folder`, with the modes they record, and make it read-only.

    `/var/task` is read-only on Lambda. A function that writes there must fail here as well (root
    is not kept from writing by modes).

    Args:
        archives: The bytes of the ZIPs; of files of the same name the last one stays.
        folder: Made by this; its parent exists.

    Raises:
        zipfile.BadZipFile: One is no ZIP.
    """
    folder.mkdir()
    for archive in archives:
        with zipfile.ZipFile(io.BytesIO(archive)) as file:
            for member in file.infolist():
                _extract(file, member, folder)
    for name, _folders, _files in os.walk(folder):
        Path(name).chmod(0o555)


def _extract(file: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    earlier = Path(os.path.normpath(folder / member.filename))
    if earlier.is_file() and earlier.is_relative_to(folder):
        earlier.unlink()  # of a layer before: it is read-only
    path = Path(file.extract(member, folder))
    mode = stat.S_IMODE(member.external_attr >> 16)
    if not member.is_dir():
        path.chmod((mode or 0o644) & ~WRITE_BITS)


def remove(folder: Path) -> None:
    """Remove a folder that `unpack` made."""
    for path, _folders, files in os.walk(folder):
        Path(path).chmod(0o755)
        for name in files:
            (Path(path) / name).unlink()
    for path, _folders, _files in os.walk(folder, topdown=False):
        Path(path).rmdir()


class TaskRoots:
    """The unpacked archives of one local AWS, below `folder`, each content once.

    Args:
        folder: An existing folder that nothing else writes into.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def of(self, *archives: bytes) -> Path:
        """Return the folder with the files of one archive, or of several layers.

        Raises:
            zipfile.BadZipFile: One is no ZIP.
        """
        content = b"".join(hashlib.sha256(archive).digest() for archive in archives)
        target = self._folder / hashlib.sha256(content).hexdigest()[:16]
        with self._lock:
            if not target.exists():
                # Under its final name only when it is whole: a bad ZIP must fail again next time.
                part = self._folder / f"{target.name}.part"
                if part.exists():
                    remove(part)
                unpack(archives, part)
                part.rename(target)
        return target

    def remove(self) -> None:
        """Remove every folder; the functions that run from them must have ended."""
        with self._lock:
            for folder in self._folder.iterdir():
                remove(folder)
