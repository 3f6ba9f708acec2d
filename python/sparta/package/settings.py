"""What `[tool.sparta]` of the project's `pyproject.toml` says of the package."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sparta.errors import PackageError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LAYER_OVER_MB = 10
"""Below this, an upload of the dependencies with every change costs less than a layer's upkeep."""
_FIX = 'write [tool.sparta] layer-over-mb = 10 or allow-secrets = ["fixtures/*.pem"]'
_ENVIRONMENT_FIX = (
    'write [tool.sparta.environments.NAME] with bucket = "..." and, if need be, tags = {a = "b"}'
)


@dataclass(frozen=True, slots=True)
class Environment:
    """What differs from one environment of a pipeline to another.

    Args:
        bucket: The bucket of the code there; empty for the one of the command line.
        tags: Tags of the stack there, besides the application's.
    """

    bucket: str = ""
    tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Settings:
    """How the package is made.

    Args:
        layer_over_mb: The size, unzipped, over which dependencies get a layer of their own.
        allow_secrets: Patterns of paths, relative to the archive's root, that may hold what looks
            like a credential.
        allow_libraries: Patterns of paths of compiled libraries that Lambda never loads.
        environments: Those that a package for CodePipeline has values for, by name.
    """

    layer_over_mb: float = LAYER_OVER_MB
    allow_secrets: tuple[str, ...] = ()
    allow_libraries: tuple[str, ...] = ()
    environments: Mapping[str, Environment] = field(default_factory=dict[str, Environment])


def settings_of(project: Path) -> Settings:
    """Return the settings of a project; the defaults where it says nothing.

    Raises:
        PackageError: The file is no TOML, or a setting has the wrong type.
    """
    file = project / "pyproject.toml"
    if not file.is_file():
        return Settings()
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"not valid TOML: {error}", where=str(file)) from error
    table = document.get("tool", {}).get("sparta", {})
    problems = list(_problems(table, str(file)))
    if problems:
        raise PackageError.of(problems)
    return Settings(
        layer_over_mb=table.get("layer-over-mb", LAYER_OVER_MB),
        allow_secrets=tuple(table.get("allow-secrets", ())),
        allow_libraries=tuple(table.get("allow-libraries", ())),
        environments={
            name: Environment(one.get("bucket", ""), one.get("tags", {}))
            for name, one in table.get("environments", {}).items()
        },
    )


def _problems(table: dict[str, Any], where: str) -> Iterator[Problem]:
    size = table.get("layer-over-mb", LAYER_OVER_MB)
    if isinstance(size, bool) or not isinstance(size, int | float) or size < 0:
        yield Problem(f"layer-over-mb = {size!r} is no size in MB", where=where, fix=_FIX)
    for name in ("allow-secrets", "allow-libraries"):
        allowed = table.get(name, [])
        if not isinstance(allowed, list) or not all(isinstance(one, str) for one in allowed):
            yield Problem(f"{name} = {allowed!r} is no list of paths", where=where, fix=_FIX)
    environments = table.get("environments", {})
    if not isinstance(environments, dict):
        yield Problem("environments is no table", where=where, fix=_ENVIRONMENT_FIX)
        return
    for name, one in environments.items():
        if not _is_environment(name, one):
            what = f"environments.{name} = {one!r} is no environment"
            yield Problem(what, where=where, fix=_ENVIRONMENT_FIX)


def _is_environment(name: str, table: object) -> bool:
    """Say whether a table has a bucket and tags of text, no more, and a name for a file."""
    if not isinstance(table, dict) or not name.replace("-", "").replace("_", "").isalnum():
        return False
    tags = table.get("tags", {})
    return (
        table.keys() <= {"bucket", "tags"}
        and isinstance(table.get("bucket", ""), str)
        and isinstance(tags, dict)
        and all(isinstance(text, str) for text in tags.values())
    )
