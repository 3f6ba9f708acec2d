"""The files of a folder that an installer filled: which enter the archive, and whose they are."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from sparta.package.modes import begins_as_program
from sparta.package.packaged import PackagedFile

if TYPE_CHECKING:
    from pathlib import Path

INSTALLER_FILES = {
    "INSTALLER",
    "RECORD",
    "REQUESTED",
    "direct_url.json",
    "uv_build.json",
    "uv_cache.json",
}
"""Traces of this machine in a `.dist-info` folder."""


def files_of(folder: Path) -> tuple[PackagedFile, ...]:
    """Return the installed files that run-time code may need, with the distribution of each."""
    owners = _owners(folder)
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _is_trace(name):
            owner = owners.get(name, name.split("/")[0])
            program = begins_as_program(path)
            found.append(PackagedFile(name, owner, source=path, executable=program))
    return tuple(found)


def _is_trace(name: str) -> bool:
    """Say whether a file belongs to the installation or its tests, not to what runs."""
    *folders, last = name.split("/")
    if not folders:
        return last == ".lock"
    if folders[0].endswith(".dist-info"):
        return last in INSTALLER_FILES
    # Scripts start with the path of this machine's interpreter; bytecode is our own.
    if folders[0] in {"bin", "Scripts"} or "__pycache__" in folders:
        return True
    # A library's own tests are a tenth of many archives; `tests` at the top is no library's.
    return "tests" in folders[1:]


def _owners(folder: Path) -> dict[str, str]:
    owners: dict[str, str] = {}
    for record in folder.glob("*.dist-info/RECORD"):
        name = record.parent.name.removesuffix(".dist-info").rpartition("-")[0]
        with record.open(encoding="utf-8", newline="") as lines:
            owners.update((row[0], name) for row in csv.reader(lines) if row)
    return owners
