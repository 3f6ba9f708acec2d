"""Installs with pip where there is no uv: slower, and without reading `uv.lock`."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import PackageError
from sparta.package import refusal
from sparta.package.requirements import listed, name_of, normalised

if TYPE_CHECKING:
    from sparta.package.requirements import Requirements
    from sparta.package.target import Target


def install(
    requirements: Requirements,
    target: Target,
    without: tuple[str, ...],
    folder: Path,
    constraints: str = "",
) -> None:
    """Install what `requirements` names into `folder`, and what that needs, but for `without`.

    Args:
        requirements: What to install.
        target: The runtime to install for.
        without: Names of distributions that stay out, and all that only they need.
        folder: An empty folder.
        constraints: Exact requirements to agree with.

    Raises:
        PackageError: A dependency has no wheel for the target, pip failed otherwise, or the
            dependencies are locked in a way that only uv reads.
    """
    if requirements.kind == "lock":
        raise PackageError(
            "uv.lock can only be read by uv, which is not installed",
            where=str(requirements.file),
            fix="pip install uv",
        )
    roots = [line for line in listed(requirements) if name_of(line) not in without]
    if not any(name_of(line) for line in roots):
        return
    with tempfile.TemporaryDirectory(prefix="sparta-") as name:
        file = Path(name) / "requirements.txt"
        file.write_text("\n".join(roots) + "\n", encoding="utf-8")
        agreed = Path(name) / "constraints.txt"
        agreed.write_text(constraints, encoding="utf-8")
        _run(requirements, target, file, folder, f"--constraint={agreed}")
    _prune(folder, {name_of(line) for line in roots}, without)


def install_exactly(requirements: Requirements, target: Target, folder: Path) -> None:
    """Install what `requirements` names and no more; each line has its hashes.

    Raises:
        PackageError: As `install`, or a hash is another.
    """
    _run(requirements, target, requirements.file, folder, "--no-deps", "--require-hashes")


def versions(folder: Path) -> str:
    """Return what `install` put into `folder`, as exact requirements."""
    found = importlib.metadata.distributions(path=[str(folder)])
    return "".join(sorted(f"{one.metadata['Name']}=={one.version}\n" for one in found))


def _run(
    requirements: Requirements, target: Target, file: Path, folder: Path, *options: str
) -> None:
    platforms = [f"--platform={tag}" for tag in target.pip_platforms]
    answer = subprocess.run(  # noqa: S603 - pip, with our own arguments
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *(f"--target={folder}", "--no-compile", "--only-binary=:all:", "--upgrade"),
            *("--implementation=cp", f"--python-version={target.python}", *platforms),
            *options,
            f"--requirement={file}",
        ],
        cwd=requirements.file.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode != 0:
        raise refusal.of(answer.stderr, target, requirements.file)


def _prune(folder: Path, roots: set[str], without: tuple[str, ...]) -> None:
    """Remove the distributions that only those in `without` needed, and `without` themselves."""
    found = {
        normalised(distribution.metadata["Name"]): distribution
        for distribution in importlib.metadata.distributions(path=[str(folder)])
    }
    kept: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in kept or name in without or name not in found:
            continue
        kept.add(name)
        waiting += [name_of(line) for line in found[name].requires or ()]
    for name in found.keys() - kept:
        for file in found[name].files or ():
            Path(str(file.locate())).unlink(missing_ok=True)
        shutil.rmtree(str(found[name]._path), ignore_errors=True)  # type: ignore[attr-defined] # noqa: SLF001
