"""Applications as `application_of` makes them, without a file."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.application import Application, Declaration

if TYPE_CHECKING:
    from sparta.app.function import Function

    MakeApplication = Callable[..., Application]

Declare = Callable[..., Declaration]


@pytest.fixture
def make_application() -> MakeApplication:
    """Return a function that makes an application of functions."""

    def make(*functions: Function[Any, Any], **fields: Any) -> Application:
        values: dict[str, Any] = {
            "name": "Orders",
            "description": "",
            "functions": functions,
            "api": None,
            "resources": (),
            "tags": {},
            "python": "3.12",
            "architecture": "x86_64",
            "runtime": "python",
            "root": Path("/project"),
            "app_file": Path("/project/app.py"),
            "module": "app",
            "entries": {},
            "project": Path("/project"),
            "declared_at": "/project/app.py:1",
        }
        return Application(**{**values, **fields})

    return make


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Return a function that runs an application's source and gives its Declaration."""

    def run(source: str, file: str = "shop.py") -> Declaration:
        import sparta.entry

        monkeypatch.delitem(sys.modules, "sparta.native", raising=False)
        captured: list[Declaration] = []
        monkeypatch.setattr(sparta.entry, "capture", captured.append)
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = textwrap.dedent(source)
        path.write_text(text)
        module = ModuleType("shop")
        module.__file__ = str(path)
        monkeypatch.setitem(sys.modules, "shop", module)
        exec(compile(text, str(path), "exec"), module.__dict__)
        return captured[0]

    return run
