"""Turns what uv or pip says of a failure into a message that names the dependency and a way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.target import Target

WITHOUT_WHEEL = re.compile(
    r"Wheels are (?:required|available) for `(?P<a>[\w.-]+)`"
    r"|(?P<b>[\w.-]+)(?:==\S+)? has no (?:usable )?wheels"
    r"|attempted to build `(?P<c>[\w.-]+)"
    r"|No matching distribution found for (?P<d>[\w.-]+)"
)
UNKNOWN = re.compile(r"Because (?P<name>[\w.-]+) was not found in the package registry")
SHOWN_CHARACTERS = 1500


def of(output: str, target: Target, file: Path) -> PackageError:
    """Return the error for a failed run.

    Args:
        output: What the tool wrote to standard error.
        target: The runtime that was asked for.
        file: The file that names the dependencies.
    """
    unknown = UNKNOWN.search(output)
    if unknown:
        return PackageError(
            f"no package index knows the dependency {unknown['name']!r}",
            where=str(file),
            fix="check its name, or name the index that has it",
        )
    found = WITHOUT_WHEEL.search(output)
    if found:
        name = next(text for text in found.groups() if text)
        return PackageError(
            f"the dependency {name!r} has no wheel for python{target.python} on "
            f"{target.architecture} (glibc {target.glibc[0]}.{target.glibc[1]})",
            where=str(file),
            fix="ask for a version that has one, choose another python= or architecture=, or build "
            "the wheel on that platform and point to it with --find-links",
        )
    return PackageError(
        "the dependencies cannot be installed",
        where=str(file),
        fix="the installer says: " + output.strip()[-SHOWN_CHARACTERS:],
    )
