"""mypy --strict and pyright: silent on good.py, and in bad.py right on each marked line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]


def mypy(path: Path) -> set[int]:
    command = [sys.executable, "-m", "mypy", "--strict", "--output", "json", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert run.returncode in (0, 1), run.stderr
    here = path.relative_to(ROOT)
    return {
        item["line"] for item in found if item["severity"] == "error" and item["file"] == str(here)
    }


def pyright(path: Path) -> set[int]:
    command = [sys.executable, "-m", "pyright", "--outputjson", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)["generalDiagnostics"]
    return {item["range"]["start"]["line"] + 1 for item in found if item["severity"] == "error"}


@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_a_correct_application_is_clean(checker: Callable[[Path], set[int]]) -> None:
    assert checker(CASES / "good.py") == set()


@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_each_planted_mistake_is_reported_and_nothing_else(
    checker: Callable[[Path], set[int]],
) -> None:
    path = CASES / "bad.py"
    lines = enumerate(path.read_text().splitlines(), start=1)
    planted = {number for number, line in lines if re.search(r"# error:", line)}
    assert len(planted) == 52
    assert checker(path) == planted
