"""What a function without Sparta is uploaded as: its files, its packages, bytecode of both."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from subjects.places import HANDLERS, LOCKS
from subjects.run import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from subjects.entry import Site

UV = Path(sys.executable).parent / "uv"


def task_root(
    site: Site, folder: Path, files: Sequence[str], lock: str | None, packages: Sequence[str] = ()
) -> Path:
    """Lay out what Lambda unpacks below /var/task, with valid bytecode of all of it.

    Args:
        site: For which Python.
        folder: Where; what is there goes.
        files: Paths below `handlers/`, each copied to the top.
        lock: Name of a file in requirements/bench, whose packages go beside them.
        packages: Paths of these alone, where a framework uploads less than it installs.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if lock is not None:
        kept = dependencies(site, lock)
        if packages:
            for path in packages:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(kept / path, folder / path)
        else:
            shutil.copytree(kept, folder, copy_function=os.link, dirs_exist_ok=True)
    for file in files:
        shutil.copy(HANDLERS / file, folder)
    compiled(site.python, folder)
    return folder


def without_bytecode(source: Path, folder: Path) -> Path:
    """Return a copy of a task root that lacks its bytecode, as many archives do."""
    shutil.rmtree(folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(source, folder, copy_function=os.link, ignore=ignored)
    return folder


def dependencies(site: Site, lock: str, python: Path | None = None, minor: str = "") -> Path:
    """Return a folder with the packages of a lock, installed and compiled once.

    Args:
        site: Its cache keeps the folder.
        lock: Name of a file in requirements/bench, without its ending.
        python: Another interpreter than the site's, and its version.
        minor: The version of `python`.
    """
    python, minor = python or site.python, minor or site.minor
    folder = site.cache / "dependencies" / f"{lock}-{minor}"
    wanted = (LOCKS / f"{lock}.txt").read_text(encoding="utf-8")
    marker = folder.with_suffix(folder.suffix + ".lock")
    if not marker.is_file() or marker.read_text(encoding="utf-8") != wanted:
        site.say(f"packages of requirements/bench/{lock}.txt for CPython {minor}")
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        command: list[str | Path] = [
            UV,
            "pip",
            "install",
            "--quiet",
            "--target",
            folder,
            "--python",
            python,
        ]
        exactly = ["--no-deps", "--no-build", "--require-hashes", "--link-mode", "copy"]
        run([*command, *exactly, "-r", LOCKS / f"{lock}.txt"], folder.parent)
        compiled(python, folder)
        marker.write_text(wanted, encoding="utf-8")
    return folder


def compiled(python: Path, folder: Path) -> None:
    """Compile all modules to bytecode that is taken as valid, whatever the source's date."""
    quiet: list[str | Path] = [
        "-q",
        "--invalidation-mode",
        "unchecked-hash",
        "-j",
        "2",
        "-s",
        folder,
        "-p",
        "/",
    ]
    run([python, "-I", "-m", "compileall", *quiet, folder], folder)


def zip_bytes(folder: Path) -> int:
    """Return the size of a folder as a ZIP archive, deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    return buffer.tell()
