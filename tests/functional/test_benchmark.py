"""The quick benchmark runs on what is packaged today, and says what it measured."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SERVING = {
    "AWS's client, bare handler",
    "Sparta pure, hello",
    "Sparta native, hello",
    "Sparta native, bare handler",
}


@pytest.mark.usefixtures("native_library")
def test_every_subject_is_measured(project_root: Path, tmp_path: Path) -> None:
    output = tmp_path / "quick.json"
    script = str(project_root / "benchmarks" / "quick.py")
    command = [sys.executable, script, "--rounds", "1", "--events", "3", "--no-rust"]
    command += ["--output", str(output)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr

    document = json.loads(output.read_text(encoding="utf-8"))
    assert document["event_bytes"] == 1536
    assert document["cpu_from"] in run.stdout
    assert set(document["subjects"]) == SERVING | {"bare interpreter"}
    for name in SERVING:
        figures = document["subjects"][name]
        assert all(figures[figure]["median"] > 0 for figure in document["figures"]), name
        assert figures["warm_cpu_ms"]["median"] < figures["init_cpu_ms"]["median"], name
    assert {target["met"] for target in document["targets"]} <= {True, False}
    assert len(document["targets"]) == 6
    assert len(document["json"]) == 4
    assert all(figure["ratio"] > 0 for figure in document["json"])
    assert "of 10 targets met" in run.stdout
    for name in document["subjects"]:
        assert name in run.stdout
