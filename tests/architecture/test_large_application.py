"""A large application inside Lambda: whatever it declares, no tool of Sparta's is loaded."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from tests.architecture.test_run_time_imports import AT_MODULE_LEVEL, DENIED, loaded

if TYPE_CHECKING:
    from pathlib import Path

TOOL_SIDE = {"cli", "deploy", "local", "package", "policy", "template", "testing"}


@pytest.fixture(scope="module")
def large(project_root: Path) -> Any:
    folder = str(project_root / "benchmarks")
    sys.path.insert(0, folder)
    try:
        return import_module("large_application")
    finally:
        sys.path.remove(folder)


def test_importing_it_loads_no_tool(
    large: Any, tmp_path: Path, interpreter: Path, project_root: Path
) -> None:
    source = large.source()
    assert (source.count("@sparta.function"), source.count("\nr")) == (100, 100)
    (tmp_path / "app.py").write_text(source)
    paths = f"sys.path[:0] = [{str(project_root / 'python')!r}, {str(tmp_path)!r}]"
    modules = loaded(interpreter, f"{paths}; import app")
    # Reading an attribute decodes what is discovered; AWS's client has brought json by then.
    allowed = loaded(interpreter, "import os, json") | AT_MODULE_LEVEL
    assert {
        name.split(".")[1] for name in modules if name.startswith("sparta.")
    } & TOOL_SIDE == set()
    assert {name.split(".")[0] for name in modules - allowed} <= {"app", "sparta"}
    assert modules & (DENIED - allowed) == set()
    assert {"sparta.cfn.dynamodb", "sparta.cfn.sqs"} <= modules
