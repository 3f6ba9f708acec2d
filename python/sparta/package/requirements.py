"""What the application depends on, read from its project: which file says it, what it says."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sparta.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
INCLUDED = re.compile(r"^\s*(?:-r|-c|--requirement|--constraint)[ =]\s*(\S+)", re.MULTILINE)
INDEX_OPTIONS = {
    "--extra-index-url",
    "--find-links",
    "--index-url",
    "--no-index",
    "-f",
    "-i",
}


@dataclass(frozen=True, slots=True)
class Requirements:
    """The file that names the dependencies.

    Args:
        kind: "lock" for a `pyproject.toml` with a `uv.lock`, "project" for one without,
            "text" for a `requirements.txt`.
        file: `pyproject.toml` or `requirements.txt`.
        inputs: Every file whose content decides the result.
        group: The dependency group that is wanted beside them; empty for none.
        group_lines: What is in it, other groups included.
    """

    kind: Literal["lock", "project", "text"]
    file: Path
    inputs: tuple[Path, ...]
    group: str = ""
    group_lines: tuple[str, ...] = ()


def find(root: Path, project: Path) -> Requirements | None:
    """Return what names the application's dependencies; None when nothing does.

    The nearest file counts, from `root` up to `project`; in one folder `pyproject.toml` before
    `requirements.txt`. A `pyproject.toml` without a `[project]` table, which only configures tools,
    names none, and neither does Sparta's own.
    """
    for folder in (root, *root.parents):
        found = _find_in(folder)
        if found is not None or folder == project or not root.is_relative_to(project):
            return found
    return None


def _find_in(project: Path) -> Requirements | None:
    declared = _project_table(project / "pyproject.toml")
    if declared is not None:
        if normalised(str(declared.get("name", ""))) == "sparta":
            return None
        file = project / "pyproject.toml"
        lock = _lock_of(project)
        if lock is not None:
            return Requirements("lock", file, (file, lock))
        return Requirements("project", file, (file,))
    file = project / "requirements.txt"
    if file.is_file():
        return Requirements("text", file, tuple(_with_included(file, set())))
    return None


def normalised(name: str) -> str:
    """Return a distribution's name in its one normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    """Return the normalised name in a requirement such as `Foo[bar]>=1`; "" when it has none."""
    found = NAME.match(requirement.strip())
    return normalised(found.group()) if found else ""


def listed(requirements: Requirements) -> list[str]:
    """Return the requirements as lines, files included by `-r` in place; for pip."""
    if requirements.kind != "text":
        table = _project_table(requirements.file) or {}
        return [*map(str, table.get("dependencies", ())), *requirements.group_lines]
    return list(_lines(requirements.file))


def index_options(requirements: Requirements) -> list[str]:
    """Return the lines of a requirements file that say where wheels are found."""
    if requirements.kind != "text":
        return []
    options = []
    for line in listed(requirements):
        name, _, value = line.replace("=", " ", 1).partition(" ")
        if name in INDEX_OPTIONS:
            place = requirements.file.parent / value.strip()
            is_folder = bool(value.strip()) and place.is_dir()
            options.append(f"{name} {place if is_folder else value.strip()}".strip())
    return options


def _lines(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8-sig").replace("\\\n", " ")
    for line in text.splitlines():
        content = re.sub(r"(^|\s)#.*", "", line).strip()
        included = INCLUDED.match(content)
        if included and content.startswith(("-r", "--requirement")):
            yield from _lines(file.parent / included[1])
        elif content:
            yield content


def _project_table(file: Path) -> dict[str, Any] | None:
    table = _toml(file).get("project") if file.is_file() else None
    return table if isinstance(table, dict) else None


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"not valid TOML: {error}", where=str(file)) from error


def _lock_of(project: Path) -> Path | None:
    """Return the project's `uv.lock`: its own, or that of the workspace around it."""
    if (project / "uv.lock").is_file():
        return project / "uv.lock"
    for parent in project.resolve().parents:
        file = parent / "pyproject.toml"
        if file.is_file() and "workspace" in _toml(file).get("tool", {}).get("uv", {}):
            lock = parent / "uv.lock"
            return lock if lock.is_file() else None
    return None


def _with_included(file: Path, seen: set[Path]) -> Iterator[Path]:
    """Yield a requirements file and, once each, those it includes."""
    if file in seen:
        return
    if not file.is_file():
        raise PackageError("this requirements file does not exist", where=str(file))
    seen.add(file)
    yield file
    for name in INCLUDED.findall(file.read_text(encoding="utf-8-sig")):
        yield from _with_included((file.parent / name).resolve(), seen)
