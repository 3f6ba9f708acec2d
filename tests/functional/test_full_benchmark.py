"""The full benchmark on two subjects: a short run to its end, and one that is interrupted."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from sparta.measure import cgroup, hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TWO = ["--subjects", "bare interpreter", "Chalice", "--workloads", "hello"]
"""The two that are made soonest."""


def started(project_root: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    script = str(project_root / "benchmarks" / "full.py")
    command = [sys.executable, "-u", script, *TWO, "--output", str(folder), *more]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def written(folder: Path) -> dict[str, Any]:
    (file,) = folder.glob("*.json")
    assert file.with_suffix(".md").is_file()
    assert file.with_suffix(".svg").is_file()
    document: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return document


def groups_of(pid: int) -> list[Path]:
    if cgroup.unavailable() is not None:
        return []
    parents = hierarchy.find().folders
    return [path for parent in parents for path in parent.glob(f"{cgroup.PREFIX}{pid}-*")]


def lines_of(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout)


@pytest.mark.timeout(600)  # the first time it sets up
@pytest.mark.usefixtures("native_library")
def test_a_short_run_measures_each_regime_and_leaves_nothing(
    project_root: Path, tmp_path: Path
) -> None:
    with started(project_root, tmp_path, "--rounds", "1", "--minutes", "1") as process:
        output = "".join(lines_of(process))
    assert process.returncode == 0, output
    assert groups_of(process.pid) == []

    document = written(tmp_path)
    assert document["finished"] is True
    assert document["cpu_from"] in output
    found = {(cell["subject"], cell["regime"]) for cell in document["cells"]}
    assert {("bare interpreter", "full core"), ("Chalice", "full core")} <= found
    regimes = {regime for _, regime in found}
    if document["not_throttled"]:
        assert document["not_throttled"] in output
        assert regimes == {"full core"}
    else:
        assert regimes == {"full core", "E1 128 MB", "E2 128 MB"}
    assert document["failures"] == []


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("native_library")
def test_an_interrupted_run_keeps_what_it_has_and_leaves_nothing(
    project_root: Path, tmp_path: Path
) -> None:
    with started(project_root, tmp_path, "--rounds", "1000", "--minutes", "5") as process:
        output = ""
        for line in lines_of(process):
            output += line
            if "a round takes" in line:
                process.send_signal(signal.SIGINT)
    assert process.returncode == 1, output
    assert groups_of(process.pid) == []
    assert written(tmp_path)["finished"] is False
    assert "interrupted" in output
