"""Runs uv: pins the dependencies, builds local ones, installs all into a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.package import interpreters, refusal
from sparta.package.requirements import index_options

if TYPE_CHECKING:
    from sparta.package.requirements import Requirements
    from sparta.package.target import Target

NO_COMMENTS = ("--no-header", "--no-annotate")


def find() -> Path | None:
    """Return the uv of this environment, else the one on PATH, else None."""
    beside = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")
    if beside.is_file():
        return beside
    found = shutil.which("uv")
    return Path(found) if found else None


def pinned(
    uv: Path,
    requirements: Requirements,
    target: Target,
    without: tuple[str, ...],
    constraints: str = "",
) -> str:
    """Return the exact requirements, as lines, with what they need and without `without`.

    Args:
        uv: The uv to run.
        requirements: What to pin.
        target: The runtime to pin for.
        without: Names of distributions that stay out, and all that only they need.
        constraints: Exact requirements to agree with; a lock agrees with itself.
    """
    group = [f"--group={requirements.group}"] if requirements.group else []
    if requirements.kind == "lock":
        pruned = [word for name in without for word in ("--prune", name)]
        options = ["--frozen", "--no-default-groups", "--no-emit-project", "--no-editable"]
        words = ["export", "--format=requirements.txt", *options, *NO_COMMENTS, *group, *pruned]
        return _run(uv, requirements, target, words)
    with tempfile.TemporaryDirectory(prefix="sparta-") as name:
        excluded = Path(name) / "excluded.txt"
        excluded.write_text("\n".join(without), encoding="utf-8")
        agreed = Path(name) / "constraints.txt"
        agreed.write_text(constraints, encoding="utf-8")
        options = [f"--excludes={excluded}", f"--constraints={agreed}", *NO_COMMENTS, *group]
        words = ["pip", "compile", requirements.file.name, *options, *_platform(target)]
        return _run(uv, requirements, target, words)


def added(pins: str, base: str) -> str:
    """Return the lines of `pins` that `base` does not have; a requirement's hashes go with it."""
    present = set(_joined(base))
    return "".join(f"{line}\n" for line in _joined(pins) if line not in present)


def _joined(pins: str) -> list[str]:
    return [line for line in pins.replace("\\\n", " ").splitlines() if line.strip()]


def local_folders(pins: str, project: Path) -> dict[str, Path]:
    """Return the lines of `pins` that name a folder of this machine, and the folder."""
    found = {}
    for line in pins.splitlines():
        place = line.split(" ;")[0].removeprefix("-e ").rpartition(" @ ")[2]
        place = place.removeprefix("file://").partition("[")[0].strip()
        if place and (folder := (project / place).resolve()).is_dir():
            found[line] = folder
    return found


def install(uv: Path, requirements: Requirements, target: Target, pins: str, folder: Path) -> None:
    """Install what `pins` names into `folder`; only wheels for the target's platform are taken.

    Raises:
        PackageError: A dependency has no wheel for the target, or uv failed otherwise.
    """
    project = requirements.file.parent
    with tempfile.TemporaryDirectory(prefix="sparta-") as name:
        lines = dict.fromkeys(pins.splitlines())
        for number, (line, local) in enumerate(local_folders(pins, project).items()):
            wheel = _wheel(uv, requirements, target, local, Path(name) / str(number))
            del lines[line]
            lines[wheel.as_uri() + "".join(line.partition(" ;")[1:])] = None
        exact = Path(name) / "pinned.txt"
        # An index may have a password in its address: it goes to this private file only.
        every = [*index_options(requirements), *lines]
        exact.write_text("\n".join(every) + "\n", encoding="utf-8")
        words = ["pip", "install", "--no-deps", f"--target={folder}", f"--requirements={exact}"]
        if requirements.kind == "text":
            # Hashes that the user wrote are checked: constraints are where uv looks for them.
            words.append(f"--constraints={requirements.file}")
        _run(uv, requirements, target, [*words, *_platform(target)])


def _wheel(uv: Path, requirements: Requirements, target: Target, local: Path, out: Path) -> Path:
    """Build the wheel of a project of this machine: another member of a monorepo, mostly."""
    _run(uv, requirements, target, ["build", "--wheel", f"--out-dir={out}", str(local)])
    return next(out.glob("*.whl"))


def _platform(target: Target) -> list[str]:
    return [
        f"--python-platform={target.uv_platform}",
        f"--python-version={target.python}",
        "--only-binary=:all:",
    ]


def _run(uv: Path, requirements: Requirements, target: Target, words: list[str]) -> str:
    python = interpreters.find(target.python) or Path(sys.executable)
    answer = subprocess.run(  # noqa: S603 - uv, with our own arguments
        [
            str(uv),
            *words,
            "--quiet",
            f"--python={python}",
        ],
        cwd=requirements.file.parent,
        env=os.environ | {"UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if answer.returncode != 0:
        raise refusal.of(answer.stderr, target, requirements.file)
    return answer.stdout
