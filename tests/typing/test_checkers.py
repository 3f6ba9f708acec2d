"""mypy --strict and pyright: silent on good*.py, and in bad*.py right on each marked line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Reported = Callable[[], dict[str, set[int]]]

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
GOOD = sorted(path.name for path in CASES.glob("good*.py"))
BAD = sorted(path.name for path in CASES.glob("bad*.py"))


@cache
def mypy() -> dict[str, set[int]]:
    """Return by file of the cases the lines that mypy reports; it reads all of them at once."""
    files = [str(CASES / name) for name in (*GOOD, *BAD)]
    command = [sys.executable, "-m", "mypy", "--strict", "--output", "json", *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    errors = [item for item in found if item["severity"] == "error"]
    return by_file((ROOT / item["file"], item["line"]) for item in errors)


@cache
def pyright() -> dict[str, set[int]]:
    """Return by file of the cases the lines that pyright reports."""
    command = [sys.executable, "-m", "pyright", "--outputjson", str(CASES)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)["generalDiagnostics"]
    errors = [item for item in found if item["severity"] == "error"]
    return by_file((Path(item["file"]), item["range"]["start"]["line"] + 1) for item in errors)


def by_file(places: Iterable[tuple[Path, int]]) -> dict[str, set[int]]:
    lines: dict[str, set[int]] = {}
    for path, line in places:
        assert path.parent == CASES, f"an error outside the cases: {path}:{line}"
        lines.setdefault(path.name, set()).add(line)
    return lines


def planted(name: str) -> set[int]:
    lines = enumerate((CASES / name).read_text().splitlines(), start=1)
    return {number for number, line in lines if re.search(r"# error:", line)}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_a_correct_application_is_clean(checker: Reported, name: str) -> None:
    assert checker().get(name, set()) == set()


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_each_planted_mistake_is_reported_and_nothing_else(checker: Reported, name: str) -> None:
    assert checker().get(name, set()) == planted(name) != set()


def test_there_are_many_planted_mistakes() -> None:
    assert sum(len(planted(name)) for name in BAD) >= 52
