"""Applications of one file, loaded as the command line loads them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Application, application_of
from sparta.cli.application import declaration_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEAD = """
import boto3
import sparta
from sparta import iam
from sparta.aws import Bucket, Index, Queue, Table, Topic

orders = Table("Orders", key="id")
other = Table("Other", key="id")
uploads = Bucket("Uploads")
jobs = Queue("Jobs")
"""


@pytest.fixture
def application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Application]]:
    """Return a function that loads an application: its body, and the names of its functions."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\nversion = "1"\n')
    monkeypatch.setattr(sys, "path", [*sys.path])
    before = dict(sys.modules)

    def load(body: str, functions: str = "f", options: str = "") -> Application:
        end = (
            f'if __name__ == "__main__":\n    sparta.main("Shop", functions=[{functions}]{options})'
        )
        file = tmp_path / "app.py"
        file.write_text(f"{HEAD}\n{body}\n{end}\n")
        return application_of(declaration_of(file))

    yield load
    for name in set(sys.modules) - set(before):
        if str(tmp_path) in (getattr(sys.modules[name], "__file__", None) or ""):
            del sys.modules[name]
    sys.modules["__main__"] = before["__main__"]
