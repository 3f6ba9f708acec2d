"""Writes the ZIP: the same bytes for the same files, whenever and wherever it is made."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import PackageError, Problem
from sparta.package import cache
from sparta.package.packaged import Package
from sparta.package.sizes import bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.packaged import PackagedFile

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""
UNIX = 3
COMPRESSION_LEVEL = 6


def write(
    files: Iterable[PackagedFile],
    archive: Path,
    *,
    notes: tuple[str, ...] = (),
    kept: Path | None = None,
) -> Package:
    """Write `files` into `archive`, which appears whole or not at all.

    An archive that holds the same already is left alone: that is known by the hash of each file,
    and that nobody has touched it since by its own.

    Args:
        files: What goes in, in any order; no two may have the same path.
        archive: The ZIP file to make; its folder is made too.
        notes: Handed on into the result.
        kept: Where it is noted what an archive was made of; None to write it anyway.

    Raises:
        PackageError: Two files want the same path.
    """
    ordered = tuple(sorted(files, key=lambda file: file.path))
    _check_paths(ordered)
    stamp = kept / _key(ordered) if kept else None
    if stamp is None or not _made_of(archive, stamp):
        _write(ordered, archive)
    sha256 = _sha256(archive)
    if stamp:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(sha256, encoding="ascii")
        cache.drop_unused(stamp.parent)
    return Package(
        archive=archive,
        sha256=sha256,
        size_bytes=archive.stat().st_size,
        unzipped_bytes=bytes_of(ordered),
        files=ordered,
        notes=notes,
    )


def _key(files: tuple[PackagedFile, ...]) -> str:
    described = (f"{file.path}\0{file.executable}\0{file.sha256}" for file in files)
    return cache.key_of(_THIS, zlib.ZLIB_RUNTIME_VERSION, *described)


def _made_of(archive: Path, stamp: Path) -> bool:
    """Say whether an archive was made of what a stamp stands for, and is still what was made."""
    try:
        return stamp.read_text(encoding="ascii") == _sha256(archive)
    except FileNotFoundError:
        return False


def _write(files: tuple[PackagedFile, ...], archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=archive.parent, prefix=f".{archive.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        _zip(files, temporary)
        # A private temporary file becomes an ordinary one; the archive holds no secrets.
        temporary.chmod(0o644)
        temporary.replace(archive)
    finally:
        temporary.unlink(missing_ok=True)


def _zip(files: tuple[PackagedFile, ...], target: Path) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.path, FIXED_TIME)
            entry.create_system = UNIX
            mode = 0o755 if file.executable else 0o644
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, file.read(), zipfile.ZIP_DEFLATED, COMPRESSION_LEVEL)


def _check_paths(files: tuple[PackagedFile, ...]) -> None:
    problems = [
        Problem(
            f"{one.path} comes from {one.owner} and from {other.owner}",
            fix="an archive holds one file of a name: rename one, or drop the dependency",
        )
        for one, other in pairwise(files)
        if one.path == other.path
    ]
    if problems:
        raise PackageError.of(problems)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_THIS = Path(__file__).read_bytes()
"""Part of every key: another way to write gives other bytes."""
