"""The archives that the vectors run in: made by the packager, one for each door and Python."""

from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.app.application import Application, Entry
from sparta.local.unpacked import unpack
from sparta.package.collect import collect

if TYPE_CHECKING:
    from sparta.app.door import Door

HERE = Path(__file__).parent
MODULES = (
    "handlers.py",
    "outcomes.py",
    "streams.py",
    "http_handlers.py",
    "coroutines.py",
    "extended.py",
    "wrong_answers.py",
    "pushed.py",
    "answered.py",
    "records.py",
)
"""Where the vectors' handlers are."""


def entry_name(function: str) -> str:
    """Return the name, in the index, of a function such as "echo" or "outcomes.result"."""
    return function.replace(".", "_")


def place(function: str) -> Entry:
    """Return where a function is: in `handlers` where it names no module."""
    module, _, attribute = function.rpartition(".")
    return Entry(module or "handlers", (attribute,))


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Return every function that a vector names."""
    found = {"echo"}
    for path in (HERE / "vectors").glob("*.json"):
        cases = json.loads(path.read_text(encoding="utf-8"))["vectors"]
        found.update(case["function"] for case in cases if "function" in case)
    return {entry_name(function): place(function) for function in sorted(found)}


def unpacked(folder: Path, door: Door, minor: str) -> Path:
    """Return the files of the archive for one door and Python, as Lambda mounts them.

    Args:
        folder: Where archives are made; each once.
        door: The way into the native core.
        minor: Such as "3.12".
    """
    project = folder / "project"
    task = folder / f"{door}-{minor}"
    if task.exists():
        return task
    root = project / "source"
    if not root.exists():
        root.mkdir(parents=True)
        for name in MODULES:
            shutil.copy(HERE / name, root)
        for module in {entry.module for entry in entries().values()}:
            # A vector brings this file itself; the packager wants one for each function.
            (root / f"{module}.py").touch()
    application = Application(
        name="Conformance",
        description="",
        functions=(),
        api=None,
        resources=(),
        tags={},
        python=minor,
        architecture="x86_64",
        runtime="native",
        root=root,
        app_file=root / "handlers.py",
        module="handlers",
        entries=entries(),
        project=project,
        declared_at="",
        door=door,
    )
    package = collect(application, report=silent, output=folder / f"{task.name}.zip")
    unpack([package.archive.read_bytes()], task)
    return task


def silent(_message: str, /, **_fields: object) -> None:
    """Take what the packager reports."""


def overlaid(task: Path, files: tuple[tuple[str, str], ...], folder: Path) -> Path:
    """Return `task` with some files in place of its own, in the new folder `folder`."""
    given = dict(files)
    bytecode = folder / "__pycache__"
    bytecode.mkdir(parents=True)
    for entry in task.iterdir():
        if entry.name not in {*given, bytecode.name}:
            (folder / entry.name).symlink_to(entry)
    for entry in (task / bytecode.name).iterdir():
        if f"{entry.name.partition('.')[0]}.py" not in given:
            (bytecode / entry.name).symlink_to(entry)
    for name, text in files:
        (folder / name).write_text(text)
    return folder
