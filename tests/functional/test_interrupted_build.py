"""Ctrl-C while the library is being built leaves things as they were."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.functional.interrupted import interrupt
from tests.functional.tiny_crate import NEVER_ENDS, tiny_crate

from sparta.package.builders import source, zig
from sparta.package.target import Target

TARGET = Target("3.12", "x86_64")
ARTIFACTS = {"Shop-cftemplate.json", "build.log", "cache"}
APP = """
import sparta.native as sparta

@sparta.function()
def hello(): ...

if __name__ == "__main__":
    sparta.main("Shop", "", functions=[hello])
"""


@pytest.fixture(autouse=True)
def _zig() -> None:
    reason = zig.reason_not_to(TARGET)
    if reason:
        pytest.skip(reason)


def test_an_interrupted_compiler_ends_with_all_its_children(tmp_path: Path) -> None:
    crate = tiny_crate(tmp_path / "crate", NEVER_ENDS)
    cache = tmp_path / "cache"
    log = interrupt("zig", crate, tmp_path, {"XDG_CACHE_HOME": str(cache), "SPARTA_TOKEN": "hush"})
    assert log.splitlines()[-1] == "interrupted"
    (started,) = cache.rglob("out/started")
    deadline = time.monotonic() + 10
    while _runs(int(started.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(int(started.read_text()))
    assert list((cache / "sparta" / "native").iterdir()) == []
    assert sorted(path.name for path in crate.folder.iterdir()) == [
        "Cargo.lock", "Cargo.toml", "build.rs", "src",
    ]  # fmt: skip


def _runs(process: int) -> bool:
    """Return whether the process runs; a zombie that nobody has waited for does not."""
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    return False


def test_an_interrupted_provision_leaves_nothing_half_made(tmp_path: Path) -> None:
    sources = {file: file.stat().st_mtime_ns for file in source.sparta().files()}
    project = tmp_path / "project"
    project.mkdir()
    (project / "app.py").write_text(APP)
    words = [sys.executable, "app.py", "provision", "--noop", "--builder", "zig"]
    process = subprocess.Popen(
        words,
        cwd=project,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        shown = ""
        while "Compiling pyo3" not in shown:  # cargo is in the middle of it
            line = process.stdout.readline()
            assert line, shown
            shown += line
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 1
    assert "Interrupted" in rest
    assert "Traceback" not in rest
    made = {path.name for path in (project / ".sparta").iterdir()}
    assert made <= ARTIFACTS
    assert (project / ".sparta" / "build.log").read_text().endswith("interrupted\n")
    assert list((tmp_path / "cache" / "sparta" / "native").iterdir()) == []
    assert {file: file.stat().st_mtime_ns for file in source.sparta().files()} == sources
