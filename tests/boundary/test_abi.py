"""The C ABI: a C program that embeds each Python, and the header that it includes."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

import pytest
from tests.boundary.embedding import compiled

if TYPE_CHECKING:
    from pathlib import Path

APP = """
def echo(event, context):
    return event
def fails(event, context):
    raise ValueError("no")
def leaves(event, context):
    raise SystemExit(event)
def raw(event, context):
    return b"raw"
def empty(event, context):
    return b""
def who(event, context):
    return context.aws_request_id, context.get_remaining_time_in_millis() > 0
"""


def embedded(
    interpreter: Path, library: Path, project_root: Path, folder: Path, *defined: str
) -> subprocess.CompletedProcess[str]:
    """Compile the program against a library, and run it."""
    (folder / "app.py").write_text(APP)
    beside = folder / "_sparta.abi3.so"
    shutil.copy(library, beside)
    source = project_root / "tests" / "boundary" / "embedding.c"
    compiled(source, interpreter, beside, folder / "embedding", *defined)
    environment = {"AWS_EXECUTION_ENV": "AWS_Lambda_python3.12", "PATH": os.environ["PATH"]}
    return subprocess.run(
        [folder / "embedding", folder],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_program_that_embeds_python(
    interpreter: Path, native_library: Path, project_root: Path, tmp_path: Path
) -> None:
    ended = embedded(interpreter, native_library, project_root, tmp_path)
    assert (ended.returncode, ended.stdout) == (0, "all holds\n"), ended.stderr


@pytest.mark.timeout(300)  # the first build of the library
def test_a_panic_does_not_leave_the_library(
    probing_library: Path, interpreters: dict[str, Path], project_root: Path, tmp_path: Path
) -> None:
    interpreter = next(iter(interpreters.values()))
    ended = embedded(interpreter, probing_library, project_root, tmp_path, "-DSPARTA_PROBES")
    assert (ended.returncode, ended.stdout) == (0, "all holds\n"), ended.stderr


def test_the_declarations_are_those_of_the_header(project_root: Path) -> None:
    spec = spec_from_file_location(
        "build_declarations", project_root / "build_backend" / "build_declarations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    header = project_root / "rust" / "python" / "include" / "sparta.h"
    committed = project_root / "shim" / "_sparta_cffi.py"
    with contextlib.redirect_stdout(io.StringIO()):
        made = module.module_text(header.read_text(encoding="utf-8"))
    assert committed.read_text(encoding="utf-8") == made


def test_the_declarations_import_the_backend_of_cffi_only(project_root: Path) -> None:
    code = (
        "import sys; before = set(sys.modules); sys.path[:0] = sys.argv[1:]; import _sparta_cffi;"
        "print(*sorted(set(sys.modules) - before))"
    )
    site = next(path for path in sys.path if path.endswith("site-packages"))
    command = [sys.executable, "-ISc", code, str(project_root / "shim"), site]
    imported = subprocess.check_output(command, text=True).split()
    assert imported == ["_cffi_backend", "_sparta_cffi"]
