"""Virtual environments of our own, made once from pinned and hashed requirements.

Each lies in the user's cache under a name made of everything that it is made of, so that it never
has to be changed: another requirement, another interpreter, another folder. It is built beside its
place and moved there when it is whole; an interrupted installation leaves nothing that is used.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import LocalError
from sparta.package.locked import locked

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIREMENTS = Path(__file__).parent / "requirements"
LAYOUT = "1"
"""Changes when the way of installing does, which makes every earlier environment another one."""


def cache_folder() -> Path:
    """Return where Sparta keeps what can be made again: `$XDG_CACHE_HOME/sparta` or `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "sparta"


def environment(
    name: str, interpreter: Path, report: Callable[..., None] = lambda _message, **_fields: None
) -> Path:
    """Return the folder of a virtual environment, made first where it is not there yet.

    Args:
        name: Which requirements: "ministack" or "runtime".
        interpreter: The CPython it is made of; not one of another virtual environment.
        report: Called with a message when something is installed, which takes seconds.

    Raises:
        LocalError: A package cannot be had or installed; the installer's own words say why.
    """
    requirements = REQUIREMENTS / f"{name}.txt"
    target = cache_folder() / "local" / f"{name}-{_fingerprint(requirements, interpreter)}"
    if _usable(target):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.parent / "install.lock"):
        if not _usable(target):
            report("Installing what the local AWS needs", Packages=name, Folder=target)
            _install(target, requirements, interpreter)
    return target


def python_of(environment_folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return environment_folder / "bin" / "python"


def _fingerprint(requirements: Path, interpreter: Path) -> str:
    parts = (LAYOUT, requirements.read_text("utf-8"), os.path.realpath(interpreter))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _usable(target: Path) -> bool:
    # `exists` follows the link: an environment whose interpreter was removed is not usable.
    return python_of(target).exists()


def _install(target: Path, requirements: Path, interpreter: Path) -> None:
    for leftover in target.parent.glob(".incomplete-*"):  # we hold the lock: nobody works in them
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    build = Path(tempfile.mkdtemp(prefix=".incomplete-", dir=target.parent))
    try:
        for command in _commands(build / "environment", requirements, interpreter):
            _run(command, build)
        (build / "environment").rename(target)
    finally:
        shutil.rmtree(build, ignore_errors=True)


def _commands(folder: Path, requirements: Path, interpreter: Path) -> list[list[str]]:
    uv = _uv()
    if uv:
        install = [uv, "pip", "install", "--python", str(python_of(folder)), "--quiet"]
        return [
            [uv, "venv", "--quiet", "--no-project", "--python", str(interpreter), str(folder)],
            [*install, "--require-hashes", "--compile-bytecode", "-r", str(requirements)],
        ]
    install = [str(python_of(folder)), "-I", "-m", "pip", "install", "--quiet"]
    return [
        [str(interpreter), "-I", "-m", "venv", str(folder)],
        [*install, "--require-hashes", "--no-input", "-r", str(requirements)],
    ]


def _uv() -> str | None:
    try:
        from uv import find_uv_bin
    except ImportError:
        return shutil.which("uv")
    try:
        return str(find_uv_bin())
    except FileNotFoundError:
        return shutil.which("uv")


def _run(command: list[str], folder: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    variables |= {"UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(  # noqa: S603 - uv's or pip's own command line, no shell
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalError(
            f"cannot install the packages of the local AWS: {done.stderr.strip()[-2000:]}",
            where=" ".join(command[:3]),
            fix=f"check that a package index can be reached; Python is {sys.version.split()[0]}",
        )
