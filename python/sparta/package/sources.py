"""Which of the user's files enter the archive.

All that stands under the application's root, but for: what `.gitignore` leaves out, names that
start with a dot (`.git`, `.venv`, `.env`, `.sparta`, editors' folders), virtual environments of any
name, tests (`tests` folders, `test_*.py`, `conftest.py`), compiled Python, `node_modules`,
`*.egg-info`, the crate of functions in Rust. Names that Sparta's own files take are refused, and so
are a symbolic link that leaves the root and what looks like a credential.
"""

from __future__ import annotations

import fnmatch
import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sparta.app.built_in import BUILT_IN_ENTRY
from sparta.app.crate import folder_of, rust_handlers
from sparta.errors import PackageError, Problem
from sparta.package import credentials, listing
from sparta.package.modes import executable
from sparta.package.packaged import APPLICATION, PackagedFile
from sparta.package.settings import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sparta.app.application import Application

RESERVED = (
    "_sparta",
    "_sparta_cffi",
    "_sparta_door",
    "_sparta_handler",
    "_sparta_sliced",
    "_sparta_slices",
    "_sparta_takeover",
    "bootstrap",
    "index",
    "sparta",
)
"""Top-level names of the archive that Sparta's own files take."""
MODULE_SUFFIXES = {"", ".py", ".pyc", ".pyd", ".so"}
LEFT_OUT_FOLDERS = ("__pycache__", "node_modules", "tests", "*.egg-info")
LEFT_OUT_FILES = ("*.pyc", "*.pyo", "conftest.py", "test_*.py")
ENVIRONMENT_MARK = "pyvenv.cfg"


def select(application: Application) -> tuple[PackagedFile, ...]:
    """Return the application's files, sorted by path.

    Raises:
        PackageError: A reserved name, a link out of the root, a credential, or a function's module
            left out.
    """
    root = application.root
    allowed = settings_of(application.project).allow_secrets
    listed = _without_environments(root, _listed(root, application.app_file))
    listed = _without_crate(application, listed)
    found = [path for path in listed if not _left_out(path)]
    problems = [*_link_problems(root, found), *_reserved_problems(root, found)]
    problems += credentials.file_problems(root, _in_kept_folders(listed), allowed)
    problems += _missing_problems(application, found)
    files = tuple(
        PackagedFile(path, APPLICATION, source=root / path, executable=executable(root / path))
        for path in sorted(found)
    )
    # What a link leads out to is not read.
    refused = {problem.where for problem in problems}
    read = (file for file in files if str(file.source) not in refused)
    problems += credentials.problems(read, allowed)
    if problems:
        raise PackageError.of(problems)
    return files


def _listed(root: Path, app_file: Path) -> list[str]:
    """Return all files that `.gitignore` lets through, as git says it or as we read it."""
    by_git = listing.by_git(root)
    # A root that is itself ignored (a build folder) is invisible to git as a whole.
    if by_git is not None and app_file.relative_to(root).as_posix() in by_git:
        return by_git
    return listing.by_walk(root)


def _in_kept_folders(paths: Iterable[str]) -> list[str]:
    """Return those whose folder is not left out, whatever their own name."""
    return [path for path in paths if not _left_out(f"{path.rpartition('/')[0]}/any")]


def _left_out(path: str) -> bool:
    *folders, name = path.split("/")
    return (
        any(part.startswith(".") for part in (*folders, name))
        or any(fnmatch.fnmatchcase(f, p) for f in folders for p in LEFT_OUT_FOLDERS)
        or any(fnmatch.fnmatchcase(name, pattern) for pattern in LEFT_OUT_FILES)
    )


def _without_environments(root: Path, paths: list[str]) -> list[str]:
    """Drop virtual environments, which a mark in their folder gives away whatever their name."""
    folders = {str(parent) + "/" for path in paths for parent in PurePosixPath(path).parents}
    environments = tuple(f for f in folders if (root / f / ENVIRONMENT_MARK).is_file())
    return [path for path in paths if not path.startswith(environments)]


def _without_crate(application: Application, paths: list[str]) -> list[str]:
    """Drop the crate of the functions in Rust, which enters as the library."""
    folders = {folder_of(handler) for _, handler in rust_handlers(application.functions)}
    inside = [
        f.relative_to(application.root) for f in folders if f.is_relative_to(application.root)
    ]
    crates = tuple(f"{folder.as_posix()}/" for folder in inside)
    return [path for path in paths if not path.startswith(crates)]


def _link_problems(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    real_root = os.path.realpath(root)
    for path in paths:
        target = os.path.realpath(root / path)
        if os.path.commonpath((target, real_root)) != real_root:
            yield Problem(
                f"the symbolic link leads out of the application, to {target}",
                where=str(root / path),
                fix="copy what it points at, or list the link in .gitignore",
            )


def _reserved_problems(root: Path, paths: Iterable[str]) -> Iterator[Problem]:
    names = dict.fromkeys(path.split("/")[0] for path in sorted(paths))
    for name in names:
        # `index.html` is no module and in nobody's way; `_sparta.abi3.so` would be.
        stem, *suffixes = name.split(".")
        if stem in RESERVED and ("." + suffixes[-1] if suffixes else "") in MODULE_SUFFIXES:
            yield Problem(
                f"the name {stem!r} is taken by a file that Sparta adds",
                where=str(root / name),
                fix=f"rename it; {', '.join(RESERVED)} are reserved at the top of the archive",
            )


def _missing_problems(application: Application, paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each module with a Function in it that does not enter."""
    present = set(paths)
    for module in dict.fromkeys(entry.module for entry in application.entries.values()):
        if module == BUILT_IN_ENTRY.module:
            continue
        path = module.replace(".", "/")
        if not {f"{path}.py", f"{path}/__init__.py"} & present:
            yield Problem(
                f"the module {module} holds a function, but its file does not enter the archive",
                where=str(application.root / f"{path}.py"),
                fix="tests, names with a leading dot and what .gitignore lists stay out: rename it",
            )
