"""Any cargo package, by builder "zig": what it depends on, and when it is built again."""

from __future__ import annotations

import ctypes
import platform
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.functional.tiny_crate import crate_with_another

from sparta.errors import BuildError
from sparta.package import cache
from sparta.package.build_log import BuildLog
from sparta.package.builders import zig
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import Reports

    from sparta.package.builders.source import Source

TARGET = Target("3.12", {"x86_64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), ""))
AGAIN = "was built before, from the same inputs"


@pytest.fixture
def crate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    reason = zig.reason_not_to(TARGET)
    if reason:
        pytest.skip(reason)
    # What zig makes of its own libc is no input of ours, and takes it seconds.
    monkeypatch.setenv("ZIG_GLOBAL_CACHE_DIR", str(cache.user_folder().parent / "zig"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SPARTA_TOKEN", "hush")
    return crate_with_another(tmp_path / "crates")


def build(crate: Source, folder: Path, report: Reports, *flags: str) -> tuple[int, str]:
    """Build and load the library; return its answer, and the log."""
    log = BuildLog(folder / "build.log")
    library = library_for(TARGET, Options("zig", flags), report, log, crate)
    return ctypes.CDLL(str(library)).answer(), log.path.read_text()


def test_a_change_of_any_input_builds_again_and_nothing_else_does(
    crate: Source, tmp_path: Path, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(crate, tmp_path, report)[0] == 84
    locked = replace(crate, locked=True)  # cargo has written Cargo.lock
    assert AGAIN not in build(locked, tmp_path, report)[1]
    assert AGAIN in build(locked, tmp_path, report)[1]

    moved = tmp_path / "elsewhere"
    shutil.copytree(crate.folder.parent, moved)
    there = replace(locked, folder=moved / "crate", reaches=(moved / "other",))
    assert AGAIN in build(there, tmp_path, report)[1]

    answer, log = build(replace(locked, features=()), tmp_path, report)
    assert (answer, AGAIN in log) == (42, False)
    assert AGAIN not in build(locked, tmp_path, report, "-v")[1]
    monkeypatch.setenv("SPARTA_TOKEN", "hush hush")
    assert AGAIN not in build(locked, tmp_path, report)[1]
    other = crate.reaches[0] / "src" / "lib.rs"
    other.write_text("pub const ANSWER: u32 = 7;\n")
    assert build(locked, tmp_path, report)[0] == 14


def test_code_of_an_application_is_never_prebuilt(
    crate: Source, tmp_path: Path, report: Reports
) -> None:
    log = BuildLog(tmp_path / "build.log")
    with pytest.raises(BuildError, match="Rust code of its own; it cannot be prebuilt"):
        library_for(TARGET, Options("prebuilt"), report, log, crate)
    library_for(TARGET, Options("auto"), report, log, crate)
    chosen = dict(report.messages)["Using native library"]
    assert chosen["Builder"] == "zig"
    assert chosen["Reason"] == "not prebuilt: the application has Rust code of its own"


def test_a_mistake_is_shown_with_its_file_as_rustc_prints_it(
    crate: Source, tmp_path: Path, report: Reports
) -> None:
    wrong = crate.reaches[0] / "src" / "lib.rs"
    wrong.write_text("pub const ANSWER: u32 = true;\n")
    with pytest.raises(BuildError, match="the native library does not compile") as caught:
        build(crate, tmp_path, report)
    shown = str(caught.value).splitlines()
    assert f" --> {wrong}:1:25" in shown
    assert any("^^^^ expected `u32`, found `bool`" in line for line in shown)
    assert list((tmp_path / "cache" / "sparta" / "native").iterdir()) == []
