"""Says whether a `uv.lock` still is that of its `pyproject.toml`, without asking uv or a network.

An older lock would be followed without a word, and what was added since would be missing.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from sparta.errors import PackageError
from sparta.package.requirements import name_of, normalised

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.requirements import Requirements


def check(requirements: Requirements) -> list[str]:
    """Check that the lock knows every direct dependency; return the packages it has no hash of.

    Some indexes publish no hashes: what comes from them cannot be checked.

    Args:
        requirements: What the project asks for; anything but a lock is fine.

    Raises:
        PackageError: The lock is older than a dependency, or no lock of uv's.
    """
    if requirements.kind != "lock":
        return []
    project, lock = (file.read_text(encoding="utf-8") for file in requirements.inputs)
    declared = tomllib.loads(project)["project"]
    try:
        packages = tomllib.loads(lock).get("package", [])
    except tomllib.TOMLDecodeError as error:
        where = str(requirements.inputs[1])
        raise PackageError(f"not valid TOML: {error}", where=where, fix="run: uv lock") from error
    own = normalised(str(declared.get("name", "")))
    found = [one for one in packages if normalised(str(one.get("name", ""))) == own]
    metadata = found[0].get("metadata", {}) if found else {}
    wanted = _names([*declared.get("dependencies", ()), *requirements.group_lines])
    missing = sorted(wanted - _known(metadata))
    if missing:
        raise PackageError(
            f"uv.lock is older than pyproject.toml: it does not have {', '.join(missing)}",
            where=str(requirements.inputs[1]),
            fix="run: uv lock",
        )
    return sorted(str(one.get("name")) for one in packages if _is_unchecked(one))


def _is_unchecked(package: dict[str, Any]) -> bool:
    return any("url" in wheel and "hash" not in wheel for wheel in package.get("wheels", ()))


def _names(lines: Iterable[str]) -> set[str]:
    return {name_of(str(line)) for line in lines}


def _known(metadata: dict[str, Any]) -> set[str]:
    groups = metadata.get("requires-dev", {}).values()
    listed = [metadata.get("requires-dist", ()), *groups]
    return {normalised(str(one.get("name", ""))) for group in listed for one in group}
