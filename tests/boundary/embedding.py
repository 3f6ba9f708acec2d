"""Compiles C programs that embed a Python and use the C ABI."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

INCLUDE = Path(__file__).parents[2] / "rust" / "python" / "include"
WARNINGS = ("-std=gnu11", "-Wall", "-Wextra", "-Werror")


def embedding_flags(interpreter: Path) -> list[str]:
    """Return what compiles and links a program that embeds `interpreter`; skip without it."""
    code = "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2])"
    prefix, minor = subprocess.check_output([interpreter, "-ISc", code], text=True).split()
    config = f"{prefix}/bin/python{minor}-config"
    if not os.access(config, os.X_OK):
        pytest.skip(f"no {config}: the development files of Python {minor} are missing")
    found = subprocess.run(
        [config, "--embed", "--cflags", "--ldflags"], capture_output=True, text=True, check=False
    )
    if found.returncode or not found.stdout.strip():
        pytest.skip(f"{config} knows nothing of embedding")
    return [f"-Wl,-rpath,{prefix}/lib", *shlex.split(found.stdout)]


def compiled(
    source: Path,
    interpreter: Path,
    library: Path,
    program: Path,
    *defined: str,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Compile a program, to be found at `program`; skip where this machine cannot.

    Args:
        source: The C program.
        interpreter: What it embeds.
        library: The native library; the program looks for it there.
        program: The file to make.
        defined: More options of the compiler.
        environment: The compiler's; this process's if not given.
    """
    gcc = shutil.which("gcc")
    if gcc is None:
        pytest.skip("no gcc on this machine")
    command = [gcc, str(source), *WARNINGS, *defined, f"-I{INCLUDE}", "-o", str(program)]
    command += [str(library), f"-Wl,-rpath,{library.parent}"]
    command += [*embedding_flags(interpreter), "-lpthread"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if made.returncode and "cannot find -lpython" in made.stderr:
        pytest.skip(f"no libpython to link with: {made.stderr.strip().splitlines()[0]}")
    assert made.returncode == 0, made.stderr
