"""What a crate is made of besides its own folder: path dependencies, and the workspace it is of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.app.crate import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = ("dependencies", "build-dependencies")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a compiler has to see of a crate.

    Args:
        folders: The crate's folder first, then every other that has to be there.
        inputs: The files and folders that decide what becomes of it.
    """

    folders: tuple[Path, ...]
    inputs: tuple[Path, ...]


def reach_of(folder: Path) -> Reach:
    """Return what the crate in `folder` is made of; what cannot be read is left to cargo.

    Args:
        folder: An absolute path.
    """
    crates: dict[Path, None] = {}
    workspaces: dict[Path, None] = {}
    waiting = [folder]
    while waiting:
        crate = waiting.pop()
        if crate in crates or not (crate / MANIFEST).is_file():
            continue
        crates[crate] = None
        manifest = _read(crate)
        waiting += _paths(manifest, crate)
        workspace = _workspace_of(crate)
        if workspace is not None and _inherits(manifest):
            workspaces[workspace] = None
            waiting += _paths(_read(workspace).get("workspace", {}), workspace)
    files = [root / name for root in workspaces for name in (MANIFEST, "Cargo.lock")]
    return Reach(
        tuple(dict.fromkeys([*crates, *workspaces])),
        (*crates, *(file for file in files if file.is_file())),
    )


def _read(folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}  # cargo says what is wrong with it


def _tables(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for scope in (manifest, *manifest.get("target", {}).values()):
        for kind in KINDS:
            yield scope.get(kind, {})


def _paths(manifest: dict[str, Any], base: Path) -> Iterator[Path]:
    for table in _tables(manifest):
        for dependency in table.values():
            if isinstance(dependency, dict) and "path" in dependency:
                yield (base / dependency["path"]).resolve()


def _inherits(manifest: dict[str, Any]) -> bool:
    """Say whether anything in a manifest is what its workspace says."""
    package = manifest.get("package", {})
    values = [value for table in (package, *_tables(manifest)) for value in table.values()]
    return any(isinstance(value, dict) and value.get("workspace") is True for value in values)


def _workspace_of(crate: Path) -> Path | None:
    for folder in (crate, *crate.parents):
        if (folder / MANIFEST).is_file() and "workspace" in _read(folder):
            return folder
    return None
