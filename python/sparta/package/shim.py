"""The files of the native runtime: the exec wrapper, the modules of other doors, the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import native_source
from sparta.package.packaged import SPARTA, PackagedFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sparta.app.door import Door
    from sparta.package.target import Target

PLACEHOLDER = b"3.X"
INTERPRETER = b"#!/var/lang/bin/python3 -IS\n"
"""Of no minor version: the wrapper has to start under every one, if only to give way."""
WRAPPER = "bootstrap"
MODULES: dict[Door, tuple[str, ...]] = {
    "bootstrap": (),
    "takeover": ("_sparta_takeover.py",),
    "handler": ("_sparta_handler.py", "_sparta_door.py", "_sparta_cffi.py"),
}
"""What the archive holds for a door, beside the wrapper."""
LIBRARY = "_sparta.abi3.so"


def bootstrap(target: Target) -> PackagedFile:
    """Return the exec wrapper for the Python of `target`.

    Raises:
        BuildError: The wrapper is missing, or does not start as Lambda needs it.
    """
    file = native_source.folder() / "shim" / WRAPPER
    content = file.read_bytes() if file.is_file() else b""
    if not content.startswith(INTERPRETER):
        what = f"the exec wrapper's first line has to be {INTERPRETER.decode().strip()}"
        raise BuildError(what, where=str(file))
    content = content.replace(PLACEHOLDER, target.python.encode())
    return PackagedFile(WRAPPER, SPARTA, content=content, executable=True)


def modules(doors: Iterable[Door]) -> tuple[PackagedFile, ...]:
    """Return the handler modules of `doors`.

    Raises:
        BuildError: One of them is missing.
    """
    folder = native_source.folder() / "shim"
    names = [name for door in doors for name in MODULES[door]]
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise BuildError(f"{', '.join(missing)} missing from the shim", where=str(folder))
    return tuple(PackagedFile(name, SPARTA, content=(folder / name).read_bytes()) for name in names)


def library(built: Path) -> PackagedFile:
    """Return the native library as it stands in the archive."""
    return PackagedFile(LIBRARY, SPARTA, source=built, executable=True)
