from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from tests.unit.package.native_modules import COMPILER, compiled
from tests.unit.package.test_elf import MACHINE, OTHER

from sparta.errors import BuildError, UsageError
from sparta.package import library, native_source
from sparta.package.build_log import BuildLog
from sparta.package.builders import docker, record, source, zig
from sparta.package.builders.options import Options, flags_of
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import Reports

pytestmark = pytest.mark.skipif(
    not MACHINE or COMPILER is None, reason="no C compiler on this machine, or not one of Lambda's"
)
TARGET = Target("3.12", MACHINE or "x86_64")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for the folder of the package, in a working tree with one Rust source."""
    folder = tmp_path / "python" / "sparta"
    folder.mkdir(parents=True)
    crate = tmp_path / "rust" / "python"
    crate.mkdir(parents=True)
    (crate / "Cargo.toml").touch()
    monkeypatch.setattr(native_source, "PACKAGE", folder)
    monkeypatch.setattr(native_source, "CARRIED", folder / "_native_src")
    return folder


@pytest.fixture
def log(tmp_path: Path) -> BuildLog:
    return BuildLog(tmp_path / "build.log")


@pytest.fixture
def fitting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that every Python on this processor could load."""
    return compiled(tmp_path_factory.mktemp("fitting") / "fitting.so")


@pytest.fixture
def no_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide cargo, zig and docker."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "empty" / "python"))


def put_library(package: Path, content: bytes) -> Path:
    """Put a library where a builder would have put it, and record it."""
    path = package / record.HOST_LIBRARY
    path.write_bytes(content)
    made = record.made_of(path, path.name, "zig", source.sparta().key())
    (package / record.NAME).parent.mkdir(exist_ok=True)
    (package / record.NAME).write_text(record.text_of({TARGET.architecture: made}))
    return path


def get(log: BuildLog, report: Reports, builder: str, architecture: str = "") -> Path:
    target = Target("3.12", architecture or TARGET.architecture)
    return library.library_for(target, Options(builder), report, log)


def test_auto_takes_the_prebuilt_library_that_fits(
    package: Path, fitting: Path, report: Reports, log: BuildLog
) -> None:
    path = put_library(package, fitting.read_bytes())
    assert get(log, report, "auto") == path
    assert report.messages == [
        (
            "Using native library",
            {"Builder": "prebuilt", "Reason": "the library that came with the package fits"},
        )
    ]


def test_a_library_of_other_sources_is_not_taken(
    package: Path, fitting: Path, report: Reports, log: BuildLog
) -> None:
    put_library(package, fitting.read_bytes())
    (package.parents[1] / "rust" / "python" / "Cargo.toml").write_text("[package]\n")
    with pytest.raises(BuildError, match="its sources have changed since it was built"):
        get(log, report, "prebuilt")


def test_sources_of_tests_do_not_make_a_library_old(
    package: Path, fitting: Path, report: Reports, log: BuildLog
) -> None:
    path, root = put_library(package, fitting.read_bytes()), package.parents[1]
    tests = ("core/examples/a.rs", "core/src/a_tests.rs", "python/tests/a.rs")
    for name in tests:
        (root / "rust" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "rust" / name).touch()
    assert get(log, report, "prebuilt") == path
    (root / "rust" / "core" / "src" / "tests_of_size.rs").touch()
    with pytest.raises(BuildError, match="its sources have changed since it was built"):
        get(log, report, "prebuilt")


def test_an_installed_library_stands_for_its_sources(
    package: Path, fitting: Path, report: Reports, log: BuildLog
) -> None:
    path = put_library(package, fitting.read_bytes())
    (package.parents[1] / "rust" / "python" / "Cargo.toml").write_text("[package]\n")
    (package / "_native_src").mkdir()
    assert get(log, report, "prebuilt") == path


@pytest.mark.parametrize("how", ["without a record", "another record"])
def test_a_library_of_no_builder_is_not_taken(
    package: Path, fitting: Path, report: Reports, log: BuildLog, how: str
) -> None:
    """It would load, and may have been linked by this machine's linker all the same."""
    path = put_library(package, fitting.read_bytes())
    if how == "without a record":
        (package / record.NAME).unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(BuildError, match="it was linked on this machine, by none of the builders"):
        get(log, report, "prebuilt")


def test_a_prebuilt_library_that_does_not_fit_is_refused(
    package: Path, fitting: Path, report: Reports, log: BuildLog
) -> None:
    put_library(package, fitting.read_bytes())
    with pytest.raises(BuildError) as caught:
        get(log, report, "prebuilt", OTHER[MACHINE])
    assert f"it is for {MACHINE}" in str(caught.value)
    assert caught.value.problems[0].where == str(package / record.HOST_LIBRARY)
    put_library(package, b"text")
    with pytest.raises(BuildError, match="it is not an ELF file"):
        get(log, report, "prebuilt")


@pytest.mark.usefixtures("package", "no_tools")
def test_auto_with_nothing_names_every_reason(report: Reports, log: BuildLog) -> None:
    with pytest.raises(BuildError) as caught:
        get(log, report, "auto")
    assert [problem.what for problem in caught.value.problems] == [
        "no library for the native runtime from builder prebuilt: it does not exist",
        "no library for the native runtime from builder zig: cargo is not installed",
        "no library for the native runtime from builder docker: docker is not installed",
    ]


@pytest.mark.usefixtures("package", "no_tools")
def test_zig_names_all_that_is_missing(report: Reports, log: BuildLog) -> None:
    with pytest.raises(BuildError) as caught:
        get(log, report, "zig")
    problems = caught.value.problems
    assert [problem.what for problem in problems][:2] == [
        "cargo is not installed",
        "cargo-zigbuild is not installed",
    ]
    assert "sparta[zig]" in problems[1].fix


@pytest.mark.usefixtures("package")
def test_a_target_that_rust_lacks_is_named(
    report: Reports, log: BuildLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zig, "_installed_targets", frozenset)
    with pytest.raises(BuildError) as caught:
        zig.build(source.sparta(), TARGET, (), report, log)
    assert any("rustup target add" in p.fix for p in caught.value.problems) or any(
        "cargo is not installed" in p.what for p in caught.value.problems
    )


def test_what_a_builder_made_is_checked(
    package: Path, report: Reports, log: BuildLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = put_library(package, b"text")
    monkeypatch.setattr(zig, "build", lambda *_: made)
    with pytest.raises(BuildError, match="the library that zig made cannot be used"):
        get(log, report, "zig")


def test_options_name_all_that_is_wrong_with_them() -> None:
    with pytest.raises(UsageError) as caught:
        Options("make", ("--target=x", "-p", "--config=profile.release.lto=false"))
    assert [problem.what for problem in caught.value.problems] == [
        "there is no builder 'make'",
        "--cargo-flags holds --target=x, which the builder sets itself",
        "--cargo-flags holds -p, which the builder sets itself",
    ]
    with pytest.raises(UsageError, match="the prebuilt library is not compiled"):
        Options("prebuilt", ("--verbose",))
    assert flags_of("--config 'a b' -v") == ("--config", "a b", "-v")
    with pytest.raises(UsageError, match="cannot be split"):
        flags_of("--config 'a")


def test_an_installation_without_sources_says_so(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native_source, "PACKAGE", package / "a" / "b")
    with pytest.raises(BuildError, match="carries neither its Rust sources nor its shim"):
        native_source.folder()


def docker_that(folder: Path, script: str) -> None:
    folder.mkdir()
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_docker_is_asked_with_the_sources_read_only_and_values_kept_back(
    package: Path, fitting: Path, report: Reports, log: BuildLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program called docker takes its place: it writes down its arguments, and makes the file."""
    tree = tmp_path = package.parents[1]
    (tree / "Dockerfile.build").write_text("FROM scratch\n")
    called = tmp_path / "docker.log"
    docker_that(
        tmp_path / "bin",
        f'echo "$@" >> {called}\n'
        'for word in "$@"; do case "$word" in --volume=*:/target)\n'
        '  folder="${word#--volume=}"; folder="${folder%:/target}/release"; mkdir -p "$folder"\n'
        f'  cp {fitting} "$folder/lib_sparta.so";;\n'
        "esac; done",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SPARTA_TOKEN", "hush")
    monkeypatch.setenv("SPARTA_BASE_IMAGE", "debian:bookworm")
    built = get(log, report, "docker")
    assert built.read_bytes() == fitting.read_bytes()
    version, build, run = called.read_text().splitlines()
    assert version.startswith("version")
    assert "--build-arg=BASE_IMAGE=debian:bookworm" in build
    # The context is an empty folder: no source gets into a layer.
    assert build.split()[-1].startswith(str(tmp_path / "cache" / "sparta" / "native" / ".making-"))
    assert f"--volume={tree}:{tree}:ro" in run
    assert f"--user={os.getuid()}:{os.getgid()}" in run
    assert "--env=SPARTA_TOKEN" in run.split()
    assert "hush" not in called.read_text()
    assert "hush" not in log.path.read_text()
    assert get(log, report, "docker") == built
    assert len([line for line in called.read_text().splitlines() if line.startswith("run")]) == 1


def test_a_failing_docker_build_says_what_docker_said(
    package: Path, report: Reports, log: BuildLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package.parents[1] / "Dockerfile.build").write_text("FROM scratch\n")
    docker_that(tmp_path / "bin", '[ "$1" = version ] || { echo no space >&2; exit 1; }')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(BuildError) as caught:
        docker.build(source.sparta(), TARGET, (), report, log)
    assert "`docker build` failed" in str(caught.value)
    assert "no space" in str(caught.value)
    assert list((tmp_path / "cache" / "sparta" / "native").iterdir()) == []


def test_the_dockerfile_installs_the_rust_that_the_crates_ask_for(project_root: Path) -> None:
    asked = next(
        line.split('"')[1]
        for line in (project_root / "Cargo.toml").read_text().splitlines()
        if line.startswith("rust-version")
    )
    text = (project_root / "Dockerfile.build").read_text()
    assert f"ARG RUST_VERSION={asked}." in text
    assert docker.ARM64_BASE_IMAGE.replace("aarch64", "x86_64") in text
