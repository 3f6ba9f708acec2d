from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(
    "sparta.runtime." + path.stem
    for path in (ROOT / "python/sparta/runtime").glob("*.py")
    if path.stem != "__init__"
)
FORBIDDEN = {
    *("boto3", "click", "rich", "orjson", "dataclasses", "typing", "json", "logging", "re"),
    *("enum", "functools", "collections", "inspect", "base64", "datetime", "pathlib", "asyncio"),
}
APPLICATION = """
import sparta

class Line(sparta.Model):
    sku: str
    qty: int | None = None

class Order(sparta.Model):
    id: str
    lines: list[Line] = []

@sparta.function()
def create(request: sparta.Request[Order], context: sparta.Context) -> None: ...

@sparta.function()
async def later(event: sparta.events.S3) -> None: ...
"""
RESOLVE = "from sparta.runtime.index import resolve; resolve({'f': ('application', (%r,))}, 'f')"


def loaded_by(code: str, folder: Path = ROOT) -> set[str]:
    """Return the modules of an isolated interpreter after it ran `code`."""
    paths = [str(ROOT / "python"), str(folder)]
    whole = f"import sys; sys.path[:0] = {paths}\n{code}\nprint(*sys.modules)"
    command = [sys.executable, "-I", "-S", "-B", "-c", whole]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(result.stdout.split())


def test_every_module_is_probed() -> None:
    assert {"sparta.runtime.handler", "sparta.runtime.pure"} <= set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_runtime_modules_load_nothing_slow(module: str) -> None:
    loaded = loaded_by(f"import {module}")
    assert module in loaded
    assert not loaded & FORBIDDEN


def test_making_a_handler_loads_nothing_slow_either(tmp_path: Path) -> None:
    (tmp_path / "application.py").write_text(APPLICATION)
    loaded = loaded_by(RESOLVE % "create", tmp_path)
    assert "application" in loaded
    assert not loaded & FORBIDDEN


def test_only_an_async_handler_loads_asyncio(tmp_path: Path) -> None:
    (tmp_path / "application.py").write_text(APPLICATION)
    assert "asyncio" in loaded_by(RESOLVE % "later", tmp_path)


def test_the_probe_sees_what_is_forbidden() -> None:
    assert {"json", "re", "enum", "functools"} <= loaded_by("import json") & FORBIDDEN
