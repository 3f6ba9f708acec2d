from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from tests.unit.package.test_elf import LIBRARY, MACHINE, OTHER, pytestmark

from sparta.errors import BuildError, UsageError
from sparta.package import library, native_source
from sparta.package.builders import docker, prebuilt, zig
from sparta.package.target import Target

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.package.conftest import Reports

__all__ = ["pytestmark"]

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
def no_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide cargo, zig and docker."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "empty" / "python"))


def put_library(package: Path, content: bytes | None = None) -> Path:
    path = package / prebuilt.NAME
    path.write_bytes(LIBRARY.read_bytes() if content is None else content)
    return path


def test_auto_takes_the_prebuilt_library_that_fits(package: Path, report: Reports) -> None:
    path = put_library(package)
    assert library.library_for(TARGET.architecture, "3.12", "auto", report) == path
    assert report.messages == [
        (
            "Using native library",
            {"Builder": "prebuilt", "Reason": "the library beside the package fits"},
        )
    ]


def test_a_library_older_than_its_sources_is_not_taken(package: Path, report: Reports) -> None:
    path = put_library(package)
    os.utime(path, (1, 1))
    with pytest.raises(BuildError, match=r"it is older than Cargo\.toml, one of its sources"):
        library.library_for(TARGET.architecture, "3.12", "prebuilt", report)


def test_sources_of_tests_do_not_make_a_library_old(package: Path, report: Reports) -> None:
    path, root = put_library(package), package.parents[1]
    for file in root.rglob("*"):
        os.utime(file, (1, 1))
    os.utime(path, (2, 2))
    tests = ("core/examples/a.rs", "core/src/a_tests.rs", "python/tests/a.rs")
    for name in tests:
        (root / "rust" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "rust" / name).touch()
    assert library.library_for(TARGET.architecture, "3.12", "prebuilt", report) == path
    source = root / "rust" / "core" / "src" / "tests_of_size.rs"
    source.touch()
    with pytest.raises(BuildError, match=f"it is older than {source.name}, one of its sources"):
        library.library_for(TARGET.architecture, "3.12", "prebuilt", report)


def test_an_installed_library_has_no_newer_sources(package: Path, report: Reports) -> None:
    (package / "_native_src").mkdir()
    path = put_library(package)
    os.utime(path, (1, 1))
    assert library.library_for(TARGET.architecture, "3.12", "prebuilt", report) == path


def test_a_prebuilt_library_that_does_not_fit_is_refused(package: Path, report: Reports) -> None:
    put_library(package)
    with pytest.raises(BuildError) as caught:
        library.library_for(OTHER[MACHINE], "3.12", "prebuilt", report)
    assert f"it is for {MACHINE}" in str(caught.value)
    assert caught.value.problems[0].where == str(package / prebuilt.NAME)
    put_library(package, b"text")
    with pytest.raises(BuildError, match="it is not an ELF file"):
        library.library_for(MACHINE, "3.12", "prebuilt", report)


@pytest.mark.usefixtures("package", "no_tools")
def test_auto_with_nothing_names_every_reason(report: Reports) -> None:
    with pytest.raises(BuildError) as caught:
        library.library_for(TARGET.architecture, "3.12", "auto", report)
    assert [problem.what for problem in caught.value.problems] == [
        "no library for the native runtime from builder prebuilt: it does not exist",
        "no library for the native runtime from builder zig: cargo is not installed",
        "no library for the native runtime from builder docker: docker is not installed",
    ]


@pytest.mark.usefixtures("package", "no_tools")
def test_zig_names_all_that_is_missing(report: Reports) -> None:
    with pytest.raises(BuildError) as caught:
        library.library_for(TARGET.architecture, "3.12", "zig", report)
    problems = caught.value.problems
    assert [problem.what for problem in problems][:2] == [
        "cargo is not installed",
        "cargo-zigbuild is not installed",
    ]
    assert "sparta[zig]" in problems[1].fix


@pytest.mark.usefixtures("package")
def test_a_target_that_rust_lacks_is_named(
    report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zig, "_installed_targets", frozenset)
    with pytest.raises(BuildError) as caught:
        zig.build(TARGET, report)
    assert any("rustup target add" in p.fix for p in caught.value.problems) or any(
        "cargo is not installed" in p.what for p in caught.value.problems
    )


def test_what_a_builder_made_is_checked(
    package: Path, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = put_library(package, b"text")
    monkeypatch.setattr(zig, "build", lambda _target, _report: made)
    with pytest.raises(BuildError, match="the library that zig made cannot be used"):
        library.library_for(TARGET.architecture, "3.12", "zig", report)


def test_an_unknown_builder_is_a_usage_error(report: Reports) -> None:
    with pytest.raises(UsageError, match="there is no builder 'make'"):
        library.library_for("x86_64", "3.12", "make", report)


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
    package: Path, report: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program called docker takes its place: it writes down its arguments, and makes the file."""
    source = package.parents[1]
    (source / "Dockerfile.build").write_text("FROM scratch\n")
    log = tmp_path / "docker.log"
    docker_that(
        tmp_path / "bin",
        f'echo "$@" >> {log}\n'
        'for word in "$@"; do case "$word" in --volume=*:/output)\n'
        f'  folder="${{word#--volume=}}"; cp {LIBRARY} "${{folder%:/output}}/lib_sparta.so";;\n'
        "esac; done",
    )
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("SPARTA_TOKEN", "hush")
    monkeypatch.setenv("SPARTA_BASE_IMAGE", "debian:bookworm")
    built = library.library_for(MACHINE, "3.12", "docker", report)
    assert built.read_bytes() == LIBRARY.read_bytes()
    version, build, run = log.read_text().splitlines()
    assert version.startswith("version")
    assert "--build-arg=BASE_IMAGE=debian:bookworm" in build
    # The context is an empty folder: no source gets into a layer.
    assert build.split()[-1].startswith(str(tmp_path / "cache" / "sparta" / "native" / ".making-"))
    assert f"--volume={source}:/source:ro" in run
    assert f"--user={os.getuid()}:{os.getgid()}" in run
    assert "--env=SPARTA_TOKEN" in run.split()
    assert "hush" not in log.read_text()
    assert library.library_for(MACHINE, "3.12", "docker", report) == built
    assert len([line for line in log.read_text().splitlines() if line.startswith("run")]) == 1


def test_a_failing_docker_build_says_what_docker_said(
    package: Path, report: Reports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package.parents[1] / "Dockerfile.build").write_text("FROM scratch\n")
    docker_that(tmp_path / "bin", '[ "$1" = version ] || { echo no space >&2; exit 1; }')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(BuildError) as caught:
        docker.build(TARGET, report)
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
