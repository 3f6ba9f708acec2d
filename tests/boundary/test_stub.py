"""The stub says what the library has."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.unwatched


def test_the_stub_agrees_with_the_library(native_library: Path, project_root: Path) -> None:
    assert native_library.is_file()
    checked = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "sparta._sparta"],
        cwd=project_root,
        env={**os.environ, "MYPYPATH": "python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_version_is_that_of_the_workspace(core: Any, project_root: Path) -> None:
    manifest = (project_root / "Cargo.toml").read_text(encoding="utf-8")
    assert f'version = "{core.__version__}"' in manifest


def test_every_function_is_documented(core: Any) -> None:
    assert sorted(core.__all__) == [
        *("__version__", "call_rust", "check_start", "decode", "dumps"),
        *("emit_metric", "emit_record", "invocation"),
        *("loads", "run", "take_over"),
    ]
    for name in ("check_start", "decode", "dumps", "loads", "run", "take_over"):
        assert getattr(core, name).__doc__
