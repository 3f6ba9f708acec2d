"""Valid bytecode for every Python file of the archive.

`/var/task` is read-only, so Lambda compiles what has no bytecode at every cold start. Bytecode that
is told by an unchecked hash (PEP 552) stays valid whatever times the archive's files have.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import PackageError
from sparta.package import cache, compile_files, interpreters
from sparta.package.packaged import APPLICATION, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.package.target import Target

TASK_ROOT = "/var/task"
"""Where Lambda unpacks the archive; tracebacks name files under it."""
LAYER_ROOT = "/opt"
"""Where it unpacks layers."""


def compiled(
    files: Iterable[PackagedFile], target: Target, folder: Path, root: str = TASK_ROOT
) -> tuple[tuple[PackagedFile, ...], tuple[str, ...]]:
    """Return the bytecode files of all Python files in `files`, and notes.

    Args:
        files: The files of the archive.
        target: The runtime whose Python will read the bytecode.
        folder: Where bytecode is kept from one build to the next.
        root: Where Lambda unpacks the files.

    Returns:
        The bytecode files; none when this machine has no interpreter of the target's version, which
        is then the one note. A file of the application that does not compile is noted too.

    Raises:
        PackageError: The interpreter failed.
    """
    interpreter = interpreters.find(target.python)
    if interpreter is None:
        note = (
            f"no bytecode: Python {target.python} is not installed here; every cold start compiles"
        )
        return (), (note,)
    folder = folder / target.cache_tag
    folder.mkdir(parents=True, exist_ok=True)
    places = {file: _place(file, folder, root) for file in files if file.is_python}
    _compile(places, interpreter, root)
    found, notes = [], []
    for file, place in places.items():
        if _used(place):
            found.append(PackagedFile(_name(file, target), file.owner, source=place))
        elif file.owner == APPLICATION:
            problem = place.with_name(place.name + ".error").read_text(encoding="utf-8")
            notes.append(f"{file.path} does not compile for Python {target.python}: {problem}")
    cache.drop_unused(folder)
    return tuple(found), tuple(notes)


def _place(file: PackagedFile, folder: Path, root: str) -> Path:
    return folder / f"{cache.key_of(_WORKER, f'{root}/{file.path}', file.sha256)}.pyc"


def _used(place: Path) -> bool:
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _name(file: PackagedFile, target: Target) -> str:
    parent, _, name = file.path.rpartition("/")
    stem = name.removesuffix(".py")
    return f"{parent + '/' if parent else ''}__pycache__/{stem}.{target.cache_tag}.pyc"


def _compile(places: dict[PackagedFile, Path], interpreter: Path, root: str) -> None:
    """Compile what is not there yet, all in one run of the interpreter."""
    missing = [(file, place) for file, place in places.items() if not place.exists()]
    if not missing:
        return
    with tempfile.TemporaryDirectory(prefix="sparta-") as name:
        lines = []
        for index, (file, place) in enumerate(missing):
            source = file.source
            if source is None:
                source = Path(name) / f"{index}.py"
                source.write_bytes(file.content)
            lines.append(json.dumps([str(source), f"{root}/{file.path}", str(place)]))
        _run(interpreter, "\n".join(lines))


def _run(interpreter: Path, jobs: str) -> None:
    # Not -I: it would ignore PYTHONHASHSEED, and a set's order is part of the bytes.
    answer = subprocess.run(  # noqa: S603 - our own program
        [str(interpreter), "-P", "-s", "-S", "-B", compile_files.__file__],
        input=jobs,
        env={"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"} | _SYSTEM_ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode != 0:
        raise PackageError(
            f"{interpreter} could not compile the archive's files",
            where=answer.stderr.strip()[-2000:],
            fix="check that this interpreter runs, or remove it to ship without bytecode",
        )


_WORKER = Path(compile_files.__file__).read_bytes()
"""Part of every key: another way to compile gives other bytes."""
_SYSTEM_ROOT = {k: v for k, v in os.environ.items() if k == "SYSTEMROOT"}
"""Windows starts no program without it."""
