from __future__ import annotations

import tomllib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta.app.crate import Crate
from sparta.errors import BuildError
from sparta.package import native_source
from sparta.package.build_log import BuildLog
from sparta.package.builders import docker, zig
from sparta.package.builders.options import Options
from sparta.package.crate_reach import reach_of
from sparta.package.exported import export_problems, exported
from sparta.package.library import library_for
from sparta.package.lock_file import merged
from sparta.package.target import Target
from sparta.package.wrapper_crate import written

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = "registry+https://example.org/index"


@pytest.fixture
def crate(tmp_path: Path) -> Crate:
    folder = tmp_path / 'native "x"'
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "lib.rs").write_text("")
    (folder / "Cargo.toml").write_text('[package]\nname = "mix"\n')
    return Crate(folder, "mix", "app.py:1")


def quiet(_message: str, /, **_fields: object) -> None: ...


def test_the_wrapper_depends_on_both_where_they_stand(crate: Crate, tmp_path: Path) -> None:
    source = written(crate, tmp_path)
    assert source.folder == tmp_path / ".sparta" / "native"
    manifest = tomllib.loads((source.folder / "Cargo.toml").read_text())
    application = manifest["dependencies"]["application"]
    assert application == {"package": "mix", "path": str(crate.folder)}
    core = native_source.folder() / "rust"
    assert manifest["dependencies"]["sparta-python"]["path"] == str(core / "python")
    assert manifest["patch"]["crates-io"]["sparta-sdk"]["path"] == str(core / "sdk")
    workspace = tomllib.loads((core.parent / "Cargo.toml").read_text())
    assert manifest["profile"]["release"] == workspace["profile"]["release"]
    locked = tomllib.loads((source.folder / "Cargo.lock").read_text())["package"]
    assert "pyo3" in {package["name"] for package in locked}
    sdk = tomllib.loads((source.folder / "sdk.toml").read_text())
    assert sdk["patch"] == manifest["patch"]


def test_what_has_not_changed_is_not_written(crate: Crate, tmp_path: Path) -> None:
    source = written(crate, tmp_path)
    lock = source.folder / "Cargo.lock"
    lock.write_text(lock.read_text() + "# cargo was here\n")
    times = {file: file.stat().st_mtime_ns for file in source.folder.rglob("*")}
    key = source.key()
    assert written(crate, tmp_path).key() == key
    assert {file: file.stat().st_mtime_ns for file in source.folder.rglob("*")} == times
    (crate.folder / "src" / "lib.rs").write_text("//! x")
    assert written(crate, tmp_path).key() != key
    (crate.folder / "Cargo.lock").write_text(
        f'[[package]]\nname = "abc"\nversion = "1.0.0"\nsource = "{REGISTRY}"\n'
    )
    written(crate, tmp_path)
    assert "abc" in lock.read_text()
    assert "cargo was here" not in lock.read_text()


def test_lock_files_are_joined() -> None:
    def package(name: str, version: str, source: str = REGISTRY) -> str:
        from_where = f'source = "{source}"\nchecksum = "0"\n' if source else ""
        return f'[[package]]\nname = "{name}"\nversion = "{version}"\n{from_where}'

    ours = package("a", "1.0.0") + 'dependencies = ["b"]\n' + package("own", "0.1.0", "")
    theirs = package("a", "1.0.0") + package("a", "2.0.0") + package("b", "1.0.0")
    lock = tomllib.loads(merged([ours, theirs]))
    assert lock["version"] == 4
    found = [(package["name"], package["version"]) for package in lock["package"]]
    assert found == [("a", "1.0.0"), ("a", "2.0.0"), ("b", "1.0.0")]
    assert lock["package"][0]["dependencies"] == ["b"]


def test_path_dependencies_and_the_workspace_decide_too(tmp_path: Path) -> None:
    def crate(name: str, text: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "Cargo.toml").write_text(text)
        return folder

    (tmp_path / "Cargo.toml").write_text(
        '[workspace]\n[workspace.dependencies]\nshared = { path = "shared" }\n'
    )
    native = crate(
        "native",
        '[package]\nname = "n"\n[dependencies]\nserde = "1"\nshared = { workspace = true }\n'
        "[target.'cfg(unix)'.dependencies]\nmath = { path = \"../math\" }\n",
    )
    shared = crate("shared", '[package]\nname = "s"\n[dependencies]\nmath = { path = "../math" }')
    math = crate("math", '[package]\nname = "m"\n[dependencies]\nnative = { path = "../native" }')
    reach = reach_of(native)
    assert reach.folders[0] == native
    assert set(reach.folders) == {native, shared, math, tmp_path}
    assert set(reach.inputs) == {native, shared, math, tmp_path / "Cargo.toml"}
    assert reach_of(math / "none").folders == ()


def test_a_crate_cannot_be_prebuilt(crate: Crate, tmp_path: Path) -> None:
    source = written(crate, tmp_path)
    log = BuildLog(tmp_path / "build.log")
    with pytest.raises(BuildError, match="cannot be prebuilt"):
        library_for(Target("3.12", "x86_64"), Options("prebuilt"), quiet, log, source)


def test_without_cargo_and_docker_the_ways_out_are_named(
    crate: Crate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert zig.reason_not_to(Target("3.12", "x86_64")) == "cargo is not installed"
    assert docker.reason_not_to() == "docker is not installed"
    source = written(crate, tmp_path)
    with pytest.raises(BuildError) as caught:
        library_for(Target("3.12", "x86_64"), Options(), quiet, BuildLog(tmp_path / "log"), source)
    said = str(caught.value)
    for part in (
        "prebuilt: the application has Rust code",
        "zig: cargo is not",
        "docker: docker is",
    ):
        assert part in said


def library(path: Path, *functions: tuple[str, str]) -> Path:
    marks = [f"\x02sparta-function\x1f{name}\x1f{place}\x03" for name, place in functions]
    path.write_bytes(b"\x7fELF\0" + "".join(marks).encode() + b"\xff")
    return path


def test_exported_functions_are_read_from_the_library(tmp_path: Path) -> None:
    made = library(tmp_path / "a.so", ("resize", "n/src/lib.rs:3"), ("crop", "n/src/b.rs:7"))
    assert exported(made) == [("crop", "n/src/b.rs:7"), ("resize", "n/src/lib.rs:3")]


def test_functions_that_are_not_there_or_twice_are_reported_together(tmp_path: Path) -> None:
    rust = sparta.RustCrate(".")
    functions = [rust.function("resize"), rust.function("crop"), rust.function("turn")]
    application: Any = SimpleNamespace(functions=functions)
    made = library(tmp_path / "a.so", ("crop", "a.rs:1"), ("crop", "b.rs:2"), ("turn", "c.rs:3"))
    missing, twice = export_problems(application, made)
    assert missing.where == functions[0].declared_at
    assert missing.what == "the crate exports no function 'resize'; it exports crop, turn"
    assert twice.what == "the crate exports two functions 'crop': a.rs:1 and b.rs:2"
    [alone] = export_problems(application, library(tmp_path / "b.so", ("crop", "a"), ("turn", "b")))
    assert "'resize'" in alone.what
    assert len(list(export_problems(application, library(tmp_path / "c.so")))) == 3
