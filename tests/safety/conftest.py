"""What the tests of memory safety share: how they build, and how a target is fuzzed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FUZZ_SECONDS = float(os.environ.get("FUZZ_SECONDS") or 20)
SEEDS = 2**32


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what fuzzes as long as it is asked to take, and a minute to build."""
    for item in items:
        if "fuzz_seconds" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(FUZZ_SECONDS * 1.5 + 120))


@pytest.fixture(scope="session")
def fuzz_seconds() -> float:
    """Return how long each codec is fuzzed: FUZZ_SECONDS, or 20."""
    return FUZZ_SECONDS


@pytest.fixture(scope="session")
def fuzz_seed() -> int:
    """Return where to begin: FUZZ_SEED, or somewhere else in every run."""
    return int(os.environ.get("FUZZ_SEED") or random.SystemRandom().randrange(SEEDS))


@pytest.fixture(scope="session")
def fuzz(fuzz_seed: int) -> Callable[[Callable[[random.Random], bool], float], int]:
    """Return what runs a target for so many seconds, and gives how often it was of use.

    Each round has a seed of its own; what a round raises says which, to begin with it at once.
    """

    def run(target: Callable[[random.Random], bool], seconds: float) -> int:
        ends = time.monotonic() + seconds
        seed, useful = fuzz_seed, 0
        while time.monotonic() < ends:
            try:
                useful += target(random.Random(seed))
            except BaseException as error:
                error.add_note(f"the same again at once: FUZZ_SEED={seed}")
                raise
            seed += 1
        return useful

    return run


@pytest.fixture(scope="session")
def cargo(project_root: Path) -> Callable[..., str]:
    """Return what runs cargo in the project and gives its output, or skip."""
    program = shutil.which("cargo")
    if program is None:
        pytest.skip("no cargo on this machine")

    def run(*arguments: str, **variables: str) -> str:
        done = subprocess.run(
            [program, *arguments],
            cwd=project_root,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
