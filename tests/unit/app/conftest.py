"""Applications as `application_of` makes them, without a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.application import Application

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.function import Function

    MakeApplication = Callable[..., Application]


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
