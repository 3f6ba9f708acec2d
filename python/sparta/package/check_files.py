"""Checks that every compiled library of an archive would load in its Lambda runtime."""

from __future__ import annotations

import fnmatch
import re
from typing import TYPE_CHECKING

from sparta.errors import PackageError, Problem
from sparta.package.check_library import reason_against
from sparta.package.packaged import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.packaged import PackagedFile
    from sparta.package.target import Target

LIBRARY = re.compile(r".+\.so(?:\.\d+)*")


def check(files: Iterable[PackagedFile], target: Target, allowed: Iterable[str] = ()) -> None:
    """Check the processor and the glibc of each `.so`, of the application and of dependencies.

    Args:
        files: What enters.
        target: Where it has to load.
        allowed: Patterns of paths that are never loaded there.

    Raises:
        PackageError: With every library that would not load.
    """
    patterns = tuple(allowed)
    problems = [
        Problem(
            f"{file.path} would not load in Lambda: {reason}",
            where=str(file.source) if file.owner == APPLICATION else file.owner,
            fix="take a build of it for that platform, or choose another python= or architecture= "
            "in sparta.main; if it is never loaded there, name it in [tool.sparta] allow-libraries",
        )
        for file in files
        if file.source is not None
        and LIBRARY.fullmatch(file.path.rpartition("/")[2])
        and not any(fnmatch.fnmatchcase(file.path, pattern) for pattern in patterns)
        and (reason := reason_against(file.source, target))
    ]
    if problems:
        raise PackageError.of(problems)
