"""Small libraries, compiled here, that are or are not what Lambda's interpreter could load."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPILER = shutil.which("cc")
MODULE = "extern void *{asked}(void); void *PyInit__sparta(void) {{ return {asked}(); }}"


def compiled(file: Path, asked: str = "PyDict_New", code: str = "", *words: str) -> Path:
    """Compile a library that asks Python for `asked`; return its file."""
    text = (code or MODULE).format(asked=asked)
    assert COMPILER is not None
    command = [COMPILER, "-shared", "-fPIC", "-x", "c", "-", "-x", "none", *words]
    subprocess.run([*command, "-o", str(file)], input=text, text=True, check=True)
    return file
