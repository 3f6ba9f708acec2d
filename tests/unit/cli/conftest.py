"""The command line within this process, on applications as small as a test needs them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from sparta.cli.group import sparta
from sparta.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

APP = """
import sparta

@sparta.function()
def sell(event: dict[str, object]) -> str:
    return "sold"

if __name__ == "__main__":
    sparta.main("Shop", "Sells", functions=[sell])
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the current folder, a project of its own; modules loaded from it are forgotten."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    # Another test may have imported what opts in to the native runtime.
    monkeypatch.delitem(sys.modules, "sparta.native", raising=False)
    before = dict(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - set(before):
        if str(tmp_path) in (getattr(sys.modules[name], "__file__", None) or ""):
            del sys.modules[name]
    sys.modules["__main__"] = before["__main__"]


@pytest.fixture
def app(folder: Path) -> Path:
    """Return the file of an application with one function."""
    file = folder / "app.py"
    file.write_text(APP)
    return file


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """Return a function that runs `sparta` with arguments and checks its exit code."""
    del folder

    def run(*arguments: str, exit_code: int = 0, given: str | None = None) -> Result:
        result = CliRunner().invoke(sparta, arguments, obj=Session(), input=given)
        assert result.exit_code == exit_code, result.output
        return result

    return run
