"""What the tests of memory safety share: how long they may take, and how they build."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def fuzz_seconds() -> float:
    """Return how long each fuzz target runs: FUZZ_SECONDS, or 20."""
    return float(os.environ.get("FUZZ_SECONDS", "20"))


@pytest.fixture(scope="session")
def cargo(project_root: Path) -> Callable[..., None]:
    """Return what runs cargo in the project, or skip."""
    program = shutil.which("cargo")
    if program is None:
        pytest.skip("no cargo on this machine")

    def run(*arguments: str, **variables: str) -> None:
        done = subprocess.run(
            [program, *arguments],
            cwd=project_root,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run
