"""Builder "docker" with a real engine: Debian as base image, this machine's Rust mounted."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.functional.interrupted import interrupt
from tests.functional.tiny_crate import NEVER_ENDS, crate_with_another, hash_of, tiny_crate

from sparta.errors import BuildError
from sparta.package import elf
from sparta.package.build_log import BuildLog
from sparta.package.builders import cargo, docker, source
from sparta.package.builders.options import Options
from sparta.package.library import library_for
from sparta.package.target import Target

if TYPE_CHECKING:
    from tests.functional.docker_engine import Engine
    from tests.unit.package.conftest import Reports

ARCHITECTURE = {"x86_64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), "")
LATER = Target("3.12", ARCHITECTURE)
pytestmark = pytest.mark.timeout(600)  # the engine's base image may have to be made first
SECRET = "hush-7f3a91"
QUICK = tuple(
    f"--config=profile.release.{setting}"
    for setting in ("lto=false", "codegen-units=16", "opt-level=0")
)
STRANGER = 12345
"""A user who owns nothing on this machine."""


@pytest.fixture
def build(docker_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Prepare an environment in which builder "docker" works; return its variables."""
    if shutil.which("rustc") is None:
        pytest.skip("no Rust toolchain to mount")
    rust = subprocess.run(
        ["rustc", "--print", "sysroot"], stdout=subprocess.PIPE, text=True, check=True
    )
    variables = {
        "DOCKER_HOST": docker_engine.host,
        "SPARTA_BASE_IMAGE": docker_engine.base_image,
        "SPARTA_RUST_TOOLCHAIN": rust.stdout.strip(),
        "SPARTA_TOKEN": SECRET,
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


def downloaded(folder: Path, root: Path) -> None:
    """Put the crates of the core where the container, which has no network, looks for them."""
    folder.mkdir(parents=True)
    command = ["cargo", "fetch", "--locked", f"--manifest-path={root / 'Cargo.toml'}"]
    subprocess.run([*command, "--quiet"], env=os.environ | {"CARGO_HOME": str(folder)}, check=True)


@pytest.mark.usefixtures("build")
def test_the_core_is_built_in_a_container(
    project_root: Path, tmp_path: Path, report: Reports
) -> None:
    downloaded(tmp_path / "cache" / "sparta" / "docker-cargo", project_root)
    log = BuildLog(tmp_path / "build.log")
    library = library_for(LATER, Options("docker", QUICK), report, log)
    found = elf.read(library)
    assert found.machine == ARCHITECTURE
    assert (2, 17) <= found.glibc <= (2, 34)
    assert str(tmp_path).encode() not in library.read_bytes()
    assert str(project_root).encode() not in library.read_bytes()
    told = [message for message, _ in report.messages]
    assert any(line.startswith("Compiling sparta-library") for line in told)
    assert "--config=profile.release.lto=false" in log.path.read_text()

    # The same library is too new for the older runtime, and is not built again to find out.
    again = BuildLog(tmp_path / "again.log")
    with pytest.raises(BuildError, match=r"needs glibc 2\.\d+, python3\.11 on Lambda has 2\.26"):
        library_for(Target("3.11", ARCHITECTURE), Options("docker", QUICK), report, again)
    assert "was built before, from the same inputs" in again.path.read_text()


def test_variables_get_into_the_container_and_nowhere_else(
    build: dict[str, str], docker_engine: Engine, tmp_path: Path, report: Reports
) -> None:
    crate = tiny_crate(tmp_path / "crate")
    log = BuildLog(tmp_path / "project" / ".sparta" / "build.log")
    library = library_for(LATER, Options("docker"), report, log, crate)
    assert ctypes.CDLL(str(library)).token() & 0xFFFFFFFF == hash_of(SECRET)

    logged = log.path.read_text()
    assert "the token is ***" in logged
    assert "--env=SPARTA_TOKEN" in logged
    assert build["SPARTA_BASE_IMAGE"] in logged
    assert SECRET not in logged
    assert SECRET not in str(report.messages)
    names = docker_engine.docker("images", "--format={{.Repository}}:{{.Tag}}", "sparta-build")
    (image,) = names.split()
    shown = docker_engine.docker("history", "--no-trunc", image)
    shown += docker_engine.docker("inspect", image)
    assert "RUST_VERSION" in shown
    assert SECRET not in shown
    cached = [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]
    named = [file for file in cached if SECRET in file.name or SECRET in file.parent.name]
    assert named == []


def test_sources_are_read_only_and_output_belongs_to_the_caller(
    build: dict[str, str], tmp_path: Path, report: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cargo.target_folder

    def owned(crate: source.Source, builder: str) -> Path:
        folder = real(crate, builder)
        os.chown(folder, STRANGER, STRANGER)
        kept = Path(build["XDG_CACHE_HOME"]) / "sparta" / "docker-cargo"
        kept.mkdir()
        os.chown(kept, STRANGER, STRANGER)
        made.append(folder)
        return folder

    made: list[Path] = []
    monkeypatch.setattr(cargo, "target_folder", owned)
    monkeypatch.setattr(os, "getuid", lambda: STRANGER)
    monkeypatch.setattr(os, "getgid", lambda: STRANGER)
    crate = tiny_crate(tmp_path / "crate")
    crate.folder.chmod(0o777)  # were it not mounted read-only, the stranger could write here
    before = sorted(path for path in crate.folder.rglob("*"))
    log = BuildLog(tmp_path / "build.log")
    docker.build(crate, LATER, (), report, log)
    assert "sources can be written: false" in log.path.read_text()
    assert sorted(path for path in crate.folder.rglob("*")) == before
    (folder,) = made
    written = [path for path in folder.rglob("*") if path.name not in {"lock", "used"}]
    assert any(path.name == crate.built_name for path in written)
    assert {path.stat().st_uid for path in written} == {STRANGER}


def test_an_interrupted_build_ends_its_container(
    build: dict[str, str], docker_engine: Engine, tmp_path: Path
) -> None:
    crate = tiny_crate(tmp_path / "crate", NEVER_ENDS)
    before = {path: path.stat().st_mtime_ns for path in crate.folder.rglob("*")}
    log = interrupt("docker", crate, tmp_path, build)
    assert log.splitlines()[-1] == "interrupted"
    assert docker_engine.docker("ps", "--all", "--quiet") == ""
    assert list((tmp_path / "cache" / "sparta" / "native").iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in crate.folder.rglob("*")} == before


@pytest.mark.usefixtures("build")
def test_a_container_sees_what_a_crate_depends_on(tmp_path: Path, report: Reports) -> None:
    crate = crate_with_another(tmp_path / "crates")
    log = BuildLog(tmp_path / "build.log")
    library = library_for(LATER, Options("docker"), report, log, crate)
    assert ctypes.CDLL(str(library)).answer() == 84
    assert (crate.folder / "Cargo.lock").is_file()


def test_a_failing_build_shows_what_the_compiler_said(
    build: dict[str, str], tmp_path: Path, report: Reports
) -> None:
    crate = tiny_crate(tmp_path / "crate")
    (crate.folder / "src" / "lib.rs").write_text("pub fn broken() -> u8 { true }\n")
    log = BuildLog(tmp_path / "build.log")
    with pytest.raises(BuildError, match="mismatched types") as caught:
        library_for(LATER, Options("docker"), report, log, crate)
    assert "src/lib.rs:1" in str(caught.value)
    assert str(log.path) in str(caught.value)
    assert build["SPARTA_TOKEN"] not in str(caught.value)
