"""Lists the files under a folder that `.gitignore` lets through."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from sparta.package import gitignore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIT_TIMEOUT_S = 60
NEVER_ENTERED = {".git", ".sparta", ".venv", "__pycache__", "node_modules"}


def of(root: Path) -> list[str]:
    """Return the files under `root`, as git says it or as we read it."""
    found = by_git(root)
    return by_walk(root) if found is None else found


def by_git(root: Path) -> list[str] | None:
    """Return what git tracks or would track under `root`; None when git cannot say.

    Args:
        root: The folder to list.

    Returns:
        Paths relative to `root` with forward slashes, of files that exist.
    """
    git = shutil.which("git")
    if git is None:
        return None
    # A git hook's variables would make git list the repository of the hook.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    answer = subprocess.run(  # noqa: S603 - fixed arguments
        [git, "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        timeout=GIT_TIMEOUT_S,
        check=False,
        env=environment,
    )
    if answer.returncode != 0:
        return None
    listed = dict.fromkeys(os.fsdecode(path) for path in answer.stdout.split(b"\0") if path)
    return [path for entry in listed for path in _expanded(root, entry.rstrip("/"))]


def _expanded(root: Path, entry: str) -> Iterator[str]:
    """Yield `entry`, or what it holds when git lists a folder: a nested checkout, a linked one."""
    path = root / entry
    if not path.is_dir():
        if path.exists():
            yield entry
        return
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        yield entry  # refused later, with its name
        return
    inner = None if path.is_symlink() else by_git(path)
    for name in inner if inner is not None else by_walk(path):
        yield f"{entry}/{name}"


def by_walk(root: Path) -> list[str]:
    """Return the files under `root`, read folder by folder with our own `.gitignore` rules."""
    return list(_walk(root, "", (), {os.path.realpath(root)}))


def _walk(
    root: Path, folder: str, rules: tuple[gitignore.Rule, ...], above: set[str]
) -> Iterator[str]:
    rules += gitignore.rules_of(root / folder / ".gitignore", folder)
    with os.scandir(root / folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = folder + entry.name
        is_folder = entry.is_dir()
        if entry.name in NEVER_ENTERED or gitignore.ignored(path, rules, is_folder=is_folder):
            continue
        if not is_folder:
            if entry.is_file():
                yield path
            continue
        target = os.path.realpath(entry.path)
        if target in above:
            continue  # a link to a folder around it would never end
        if entry.is_symlink() and not target.startswith(os.path.realpath(root) + os.sep):
            yield path  # refused later, with its name
            continue
        yield from _walk(root, path + "/", rules, {*above, target})
