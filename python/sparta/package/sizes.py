"""How much each package of an archive weighs, against Lambda's limits, and what to drop."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import PackageError
from sparta.package.packaged import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.packaged import Package, PackagedFile

UNZIPPED_LIMIT_BYTES = 250 * 1024 * 1024
"""Lambda's limit on the code and its layers, unzipped.
https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
ZIPPED_LIMIT_BYTES = 50 * 1024 * 1024
"""What Lambda takes as one ZIP in a request. Sparta's go by way of S3, where this does not count;
above it, AWS's console does not show the code."""
LISTED_OWNERS = 8
_STEPS = (
    "drop what the functions do not need",
    'give what only some of them import a dependency group: @sparta.function(dependencies="...")',
    "list files that should stay out in .gitignore",
)
_IN_RUNTIME = ("boto3", "botocore", "jmespath", "s3transfer")


@dataclass(frozen=True, slots=True)
class Size:
    """One row of the table.

    Args:
        name: A distribution, or `application` for all of the user's own files.
        zipped_bytes: What it takes in the ZIP.
        unzipped_bytes: What it takes in Lambda.
    """

    name: str
    zipped_bytes: int
    unzipped_bytes: int


def table(package: Package) -> tuple[Size, ...]:
    """Return the size of each package in an archive and its layers, the biggest first."""
    zipped: Counter[str] = Counter()
    unzipped: Counter[str] = Counter()
    for one in (package, *package.layers.values()):
        owners = {file.path: file.owner for file in one.files}
        with zipfile.ZipFile(one.archive) as archive:
            for entry in archive.infolist():
                owner = owners.get(entry.filename, APPLICATION)
                zipped[owner] += entry.compress_size
                unzipped[owner] += entry.file_size
    rows = (Size(name, zipped[name], size) for name, size in unzipped.items())
    return tuple(sorted(rows, key=lambda row: (-row.unzipped_bytes, row.name)))


def bytes_of(files: Iterable[PackagedFile]) -> int:
    """Return how large files are together, in bytes."""
    return sum(map(_size, files))


def check(
    files: Iterable[PackagedFile], name: str, limit_bytes: int = UNZIPPED_LIMIT_BYTES
) -> None:
    """Check what one function would unpack, its layers included.

    Args:
        files: All of it.
        name: What the user knows it by.
        limit_bytes: How large all files together may be.

    Raises:
        PackageError: They are over it; says which packages are the biggest, and which can go.
    """
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[file.path if file.owner == APPLICATION else file.owner] += _size(file)
    total = sizes.total()
    if total <= limit_bytes:
        return
    found = sizes.most_common(LISTED_OWNERS)
    biggest = ", ".join(f"{owner} {_megabytes(size)}" for owner, size in found)
    raise PackageError(
        f"the archive is {_megabytes(total)} unzipped, Lambda takes {_megabytes(limit_bytes)}",
        where=name,
        fix=f"the biggest in it: {biggest}; {_way_out(sizes)}",
    )


def _way_out(sizes: Counter[str]) -> str:
    spare = [name for name in _IN_RUNTIME if name in sizes]
    steps = [f"leave out --bundle-boto3 ({', '.join(spare)} are in the runtime)"] if spare else []
    return "; ".join([*steps, *_STEPS])


def _size(file: PackagedFile) -> int:
    return len(file.content) if file.source is None else file.source.stat().st_size


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1024 / 1024:.1f} MB"
