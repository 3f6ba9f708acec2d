"""`[tool.sparta] slice` of pyproject.toml: whether functions are sliced at all."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from sparta.errors import PackageError

if TYPE_CHECKING:
    from pathlib import Path


def wanted(project: Path) -> bool:
    """Say whether the project's pyproject.toml lets functions be sliced; it does by default.

    Raises:
        PackageError: It says so with something else than true or false.
    """
    file = project / "pyproject.toml"
    if not file.is_file():
        return True
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackageError(f"it is not valid TOML: {error}", where=str(file)) from error
    found = document.get("tool", {}).get("sparta", {}).get("slice", True)
    if not isinstance(found, bool):
        fix = "write `slice = false` to leave all functions whole, or remove the line"
        raise PackageError("[tool.sparta] slice has to be true or false", where=str(file), fix=fix)
    return found
