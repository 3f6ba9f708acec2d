"""AWS's Python client, as the managed runtime has it: in an environment apart from the archives."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.measure.subject import Subject
from subjects.environment import lambda_environment
from subjects.places import BENCHMARKS, CACHE, ROOT
from subjects.run import run

if TYPE_CHECKING:
    from subjects.entry import Site

START = BENCHMARKS / "subjects" / "start_aws_client.py"
PACKAGES = ("awslambdaric", "simplejson", "snapshot-restore-py")


def aws_client(python: Path, minor: str, cache: Path = CACHE) -> list[str]:
    """Return a command that starts AWS's client, pinned, in an environment with nothing else.

    The environment is made once and kept in the cache.
    """
    wanted = pins(PACKAGES)
    folder = cache / f"aws-client-{minor}"
    requirements = folder / "requirements.txt"
    if not requirements.is_file() or requirements.read_text(encoding="utf-8") != wanted:
        print(f"benchmarks: environment of AWS's client for CPython {minor}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        run([python, "-m", "venv", "--without-pip", folder], ROOT)
        listed = folder / "wanted.txt"
        listed.write_text(wanted, encoding="utf-8")
        uv = Path(sys.executable).parent / "uv"
        command: list[str | Path] = [
            uv,
            "pip",
            "install",
            "--quiet",
            "--python",
            folder / "bin" / "python",
        ]
        exactly = ["--no-deps", "--no-build", "--require-hashes", "--compile-bytecode"]
        run([*command, *exactly, "-r", listed], ROOT)
        listed.rename(requirements)
    return [str(folder / "bin" / "python"), str(START)]


def pins(names: tuple[str, ...]) -> str:
    """Return the lock's entries for `names`, with their hashes."""
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\w)", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.split("==")[0] in names)


def served(
    site: Site,
    name: str,
    task_root: Path,
    handler: str,
    zip_bytes: int,
    *,
    command: list[str] | None = None,
    variables: dict[str, str] | None = None,
) -> Subject:
    """Return a subject that AWS's client serves, or `command` in its place.

    Args:
        site: For which Python.
        name: What tables call it.
        task_root: What is unpacked of the archive.
        handler: The function's handler setting.
        zip_bytes: The archive's size.
        command: Starts another client.
        variables: More of the environment.
    """
    environment = {
        **lambda_environment(site.minor),
        "LAMBDA_RUNTIME_DIR": str(site.folder("none")),
        "LAMBDA_TASK_ROOT": str(task_root),
        "_HANDLER": handler,
        **(variables or {}),
    }
    client = command or aws_client(site.python, site.minor, site.cache)
    return Subject(name, client, environment, task_root, zip_bytes=zip_bytes)
