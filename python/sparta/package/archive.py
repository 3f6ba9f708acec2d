"""Writes the ZIP: the same bytes for the same files, whenever and wherever it is made."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import PackageError, Problem
from sparta.package.packaged import APPLICATION, Package

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.packaged import PackagedFile

UNZIPPED_LIMIT_BYTES = 250 * 1024 * 1024
"""Lambda's limit on the code and its layers, unzipped.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
LISTED_OWNERS = 8
FIXED_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""
UNIX = 3
COMPRESSION_LEVEL = 6


def write(
    files: Iterable[PackagedFile],
    archive: Path,
    *,
    notes: tuple[str, ...] = (),
    limit_bytes: int = UNZIPPED_LIMIT_BYTES,
) -> Package:
    """Write `files` into `archive`, which appears whole or not at all.

    Args:
        files: What goes in, in any order; no two may have the same path.
        archive: The ZIP file to make; its folder is made too.
        notes: Handed on into the result.
        limit_bytes: How large all files together may be.

    Raises:
        PackageError: Two files want the same path, or the files are over the limit.
    """
    ordered = tuple(sorted(files, key=lambda file: file.path))
    _check_paths(ordered)
    archive.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=archive.parent, prefix=f".{archive.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        sizes = _zip(ordered, temporary)
        _check_size(sizes, archive, limit_bytes)
        # A private temporary file becomes an ordinary one; the archive holds no secrets.
        temporary.chmod(0o644)
        sha256 = _sha256(temporary)
        temporary.replace(archive)
    finally:
        temporary.unlink(missing_ok=True)
    return Package(
        archive=archive,
        sha256=sha256,
        size_bytes=archive.stat().st_size,
        unzipped_bytes=sizes.total(),
        files=ordered,
        notes=notes,
    )


def _zip(files: tuple[PackagedFile, ...], target: Path) -> Counter[str]:
    """Write the ZIP; return the unzipped bytes of each distribution and of each own file."""
    sizes: Counter[str] = Counter()
    with zipfile.ZipFile(target, "w") as archive:
        for file in files:
            content = file.read()
            entry = zipfile.ZipInfo(file.path, FIXED_TIME)
            entry.create_system = UNIX
            mode = 0o755 if file.executable else 0o644
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, COMPRESSION_LEVEL)
            sizes[file.path if file.owner == APPLICATION else file.owner] += len(content)
    return sizes


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


def _check_size(sizes: Counter[str], archive: Path, limit_bytes: int) -> None:
    total = sizes.total()
    if total <= limit_bytes:
        return
    biggest = ", ".join(
        f"{name} {_megabytes(size)}" for name, size in sizes.most_common(LISTED_OWNERS)
    )
    raise PackageError(
        f"the archive is {_megabytes(total)} unzipped, Lambda takes {_megabytes(limit_bytes)}",
        where=archive.name,
        fix=f"the biggest in it: {biggest}; drop what the functions do not need, or list what "
        "should stay out in .gitignore",
    )


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1024 / 1024:.1f} MB"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
