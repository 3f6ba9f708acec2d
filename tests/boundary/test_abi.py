"""The C ABI: a C program that embeds each Python, and the header that it includes."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Embed = Callable[..., Callable[..., subprocess.CompletedProcess[str]]]

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


def embedded(embed: Embed, interpreter: Path, library: Path, folder: Path, *defined: str) -> None:
    """Compile the program against a library, and run it to its end."""
    (folder / "app.py").write_text(APP)
    source = Path(__file__).with_name("embedding.c")
    ended = embed(source, interpreter, library, folder, *defined)(str(folder))
    assert (ended.returncode, ended.stdout) == (0, "all holds\n"), ended.stderr


def test_a_program_that_embeds_python(
    embed: Embed, interpreter: Path, native_library: Path, tmp_path: Path
) -> None:
    embedded(embed, interpreter, native_library, tmp_path)


@pytest.mark.timeout(300)  # the first build of the library
def test_a_panic_does_not_leave_the_library(
    embed: Embed, one_interpreter: Path, probing_library: Path, tmp_path: Path
) -> None:
    embedded(embed, one_interpreter, probing_library, tmp_path, "-DSPARTA_PROBES")


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
