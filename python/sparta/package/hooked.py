"""Files that the application's own hooks add to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import PackageError, Problem
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def hooked(added: Mapping[str, bytes], files: Iterable[PackagedFile]) -> Iterator[PackagedFile]:
    """Yield the files that hooks added.

    Args:
        added: Their content by path.
        files: What is in the archive already.

    Raises:
        PackageError: With every path that is taken.
    """
    taken = {each.path: each.owner for each in files}
    problems = [
        Problem(
            f"a hook adds {path}, which {taken[path]} has in the archive already",
            fix="add it under another path",
        )
        for path in added
        if path in taken
    ]
    if problems:
        raise PackageError.of(problems)
    for path in sorted(added):
        yield PackagedFile(path, APPLICATION, content=added[path])
