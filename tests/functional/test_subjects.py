"""The first subjects of the full benchmark start, and answer as every other one must."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

DOORS = ("Sparta native, takeover", "Sparta native, handler")


@pytest.mark.usefixtures("native_library")
def test_doors_answer_as_the_workloads_want(project_root: Path) -> None:
    script = str(project_root / "benchmarks" / "check_subjects.py")
    chosen = [word for name in ("bare interpreter", *DOORS) for word in ("--only", name)]
    command = [sys.executable, script, *chosen]
    run = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    for door in DOORS:
        for workload in ("hello", "orders", "orders_invalid"):
            assert f"right {door}, {workload}, " in run.stdout
    assert "7 pairs, 0 wrong, 0 subjects missing" in run.stdout
