"""The dependency groups of a `pyproject.toml` (PEP 735), as functions ask for them.

Source: https://packaging.python.org/en/latest/specifications/dependency-groups/
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sparta.errors import PackageError
from sparta.package.requirements import normalised

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.app.application import Application
    from sparta.package.requirements import Requirements


def asked_for(application: Application) -> dict[str, str]:
    """Return the names of the groups that functions ask for, each with the first's place."""
    found: dict[str, str] = {}
    for function in application.functions:
        if function.dependencies:
            found.setdefault(function.dependencies, function.declared_at)
    return found


def with_group(requirements: Requirements | None, name: str, declared_at: str) -> Requirements:
    """Return the project's requirements and those of one of its groups.

    Args:
        requirements: The project's; None when it names none.
        name: The group.
        declared_at: The function that asks for it.

    Raises:
        PackageError: There is no such group, or it includes one that does not exist.
    """
    if requirements is None or requirements.kind == "text":
        raise PackageError(
            f"dependencies={name!r} names a group, but there is no pyproject.toml that has groups",
            where=declared_at,
            fix=f"write [project] and, in [dependency-groups], {name} = [...] into pyproject.toml",
        )
    known = _table(requirements.file)
    found = {normalised(group): group for group in known}.get(normalised(name))
    if found is None:
        raise PackageError(
            f"there is no dependency group {name!r}",
            where=declared_at,
            fix=f"{requirements.file} has {', '.join(known) or 'none'}: write it into "
            "[dependency-groups]",
        )
    lines = tuple(_lines(known, found, requirements.file, ()))
    return replace(requirements, group=found, group_lines=lines)


def _lines(
    known: Mapping[str, list[Any]], name: str, file: Path, around: tuple[str, ...]
) -> list[str]:
    lines: list[str] = []
    for line in known[name]:
        if isinstance(line, str):
            lines.append(line)
            continue
        wanted = normalised(str(line.get("include-group", "") if isinstance(line, dict) else ""))
        inner = {normalised(group): group for group in known}.get(wanted)
        if inner is None or inner in (*around, name):
            raise PackageError(
                f"the dependency group {name!r} holds {line!r}",
                where=str(file),
                fix='write requirements, or {include-group = "..."} of another group',
            )
        lines += _lines(known, inner, file, (*around, name))
    return lines


def _table(file: Path) -> dict[str, list[Any]]:
    table = tomllib.loads(file.read_text(encoding="utf-8")).get("dependency-groups", {})
    return table if isinstance(table, dict) else {}
