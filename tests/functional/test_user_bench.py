"""`sparta bench` and `sparta profile imports` on a small application."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sparta.measure import cgroup

if TYPE_CHECKING:
    from pathlib import Path

APP = """
import sparta
from lib import first
from sparta import events
from sparta.aws import Queue

jobs = Queue("Jobs")

@sparta.function()
def hello(event: dict[str, str]) -> str:
    return first("x.y")

@sparta.function(on=jobs.messages())
def work(event: events.Sqs) -> None:
    assert len(event.records) == 1
    raise LookupError("no job of that name")

if __name__ == "__main__":
    sparta.main("Measured", functions=[hello, work])
"""
LIB = """
import os
import sqlite3

def first(text: str) -> str:
    assert "AWS_ACCESS_KEY_ID" not in os.environ
    assert os.environ["AWS_ENDPOINT_URL"] == "http://127.0.0.1:9"
    return text.partition(".")[0] + sqlite3.sqlite_version[:0]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "lib.py").write_text(LIB)
    return tmp_path


def python(folder: Path, *arguments: str) -> tuple[str, str]:
    """Run `python app.py ...` with credentials in sight; return what it printed, and its log."""
    made = subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout, made.stderr


def test_profile_names_the_statement_and_what_it_brings_in(folder: Path) -> None:
    words = ("profile", "imports", "--function", "hello", "--rounds", "2")
    found: dict[str, Any] = json.loads(python(folder, *words, "--json")[0])
    hello = found["functions"]["hello"]
    savings = {one["name"]: one for one in hello["savings"]}
    assert savings["sqlite3"]["places"] == ["lib.py:3"]
    assert savings["lib"]["places"] == ["app.py:3"]
    assert savings["lib"]["cpu_ms"] > savings["sqlite3"]["cpu_ms"] > 0
    parents = {one["name"]: one["parent"] for one in hello["modules"]}
    assert parents["sqlite3"] == "lib"
    assert parents["_sqlite3"] == "sqlite3.dbapi2"
    assert hello["cpuMs"] == pytest.approx(sum(one["own_ms"] for one in hello["modules"]))


def test_bench_compares_and_tells_an_error_beside_the_init(folder: Path) -> None:
    printed, log = python(folder, "bench", "--rounds", "1", "--json")
    found: dict[str, Any] = json.loads(printed)
    measured = {(m["function"], m["runtime"], m["regime"]): m for m in found["measured"]}
    regimes = {"full core"} if cgroup.unavailable() else {"full core", "E1 128 MB", "E2 128 MB"}
    runtimes = {"python", "native"} - set(found["skipped"])
    wanted = {(f, t, r) for f in ("hello", "work") for t in runtimes for r in regimes}
    assert set(measured) == wanted
    assert ("are skipped" in log) == bool(cgroup.unavailable())
    for (function, _, _), one in measured.items():
        (sample,) = one["samples"]
        assert sample["init_cpu_ms"] > 0
        if function == "hello":
            assert one["error"] is None
            assert sample["warm_wall_mean_ms"] > 0
        else:
            assert one["error"] == "LookupError: no job of that name"
            assert sample["first_wall_ms"] is None
    assert {one["name"] for one in found["imports"]["hello"]["savings"]} == {"lib", "sqlite3"}
