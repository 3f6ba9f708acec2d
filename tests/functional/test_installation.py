"""What `pip install` makes of this tree: the editable install and the wheel."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

BUILD = """
import json, sys
sys.path.insert(0, "build_backend")
import sparta_build
print(getattr(sparta_build, sys.argv[1])(sys.argv[2], json.loads(sys.argv[3])))
"""


def build(root: Path, hook: str, folder: Path, settings: dict[str, str] | None = None) -> Path:
    """Call a hook as pip does: in a process of its own, from the root of the tree."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # maturin's program
    run = subprocess.run(
        [sys.executable, "-c", BUILD, hook, str(folder), json.dumps(settings)],
        cwd=root,
        capture_output=True,
        check=False,
        env={**os.environ, "PATH": path, "PYO3_PYTHON": sys.executable},
        text=True,
    )
    assert run.returncode == 0, run.stderr
    return folder / run.stdout.splitlines()[-1]


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_an_editable_install_points_at_the_tree(project_root: Path, tmp_path: Path) -> None:
    files = contents(build(project_root, "build_editable", tmp_path))
    assert files.pop("sparta.pth").decode().splitlines() == [str(project_root / "python")]
    dist_info = {name.partition("/")[2]: content for name, content in files.items()}
    assert b"Name: sparta\n" in dist_info["METADATA"]
    assert b"sparta=sparta.cli:main" in dist_info["entry_points.txt"].replace(b" ", b"")


def test_the_record_of_an_editable_install_is_true(project_root: Path, tmp_path: Path) -> None:
    files = contents(build(project_root, "build_editable", tmp_path))
    (record,) = [name for name in files if name.endswith("/RECORD")]
    rows = {row[0]: row[1:] for row in csv.reader(files[record].decode().splitlines())}
    assert rows.pop(record) == ["", ""]
    assert rows == {
        name: [f"sha256={digest(content)}", str(len(content))]
        for name, content in files.items()
        if name != record
    }


def digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


@pytest.mark.timeout(600)  # compiles the library when nothing else has yet
def test_the_wheel_carries_library_and_sources(
    project_root: Path, tmp_path: Path, bare_python: list[str]
) -> None:
    """Of the unoptimised library: what the tests of the workspace have compiled is used again."""
    wheel = build(project_root, "build_wheel", tmp_path, {"build-args": "--profile dev"})
    names = set(contents(wheel))
    assert {"sparta/__init__.py", "sparta/py.typed", "sparta/_sparta.abi3.so"} <= names
    sources = {name for name in names if name.startswith("sparta/_native_src/")}
    relative = {name.removeprefix("sparta/_native_src/") for name in sources}
    assert {
        "Cargo.toml",
        "Cargo.lock",
        "rust/core/src/lib.rs",
        "rust/library/Cargo.toml",
        "rust/macros/src/lib.rs",
        "rust/python/src/lib.rs",
        "rust/sdk/src/lib.rs",
    } <= relative
    assert {"shim/bootstrap", "Dockerfile.build"} <= relative
    assert not (project_root / "python" / "sparta" / "_native_src").exists()

    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "installed")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r}); import sparta"
    subprocess.run([*bare_python, "-c", f"{code}; from sparta import _sparta"], check=True)
    refused_for_an_archive(tmp_path / "installed")


def test_the_source_distribution_has_every_crate(project_root: Path, tmp_path: Path) -> None:
    """Else its lock file, in a wheel made of it, would not fit any longer."""
    archive = build(project_root, "build_sdist", tmp_path)
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    members = tomllib.loads((project_root / "Cargo.toml").read_text())["workspace"]["members"]
    assert "rust/sdk" in members
    assert {f"{member}/Cargo.toml" for member in members} <= names
    assert "rust/python/src/lib.rs" in names


REFUSED = """
import platform, sys
sys.path.insert(0, sys.argv[1])
from sparta.package.builders import prebuilt
from sparta.package.target import Target

assert prebuilt.place(Target("3.14", "x86_64")).is_relative_to(sys.argv[1])
assert prebuilt.place(Target("3.14", "x86_64")).is_file()
architecture = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
# A glibc of the future: not what this machine's linker took from it stands in the way.
Target.glibc = (2, 99)
print(prebuilt.reason_not_to(Target("3.14", architecture)))
"""


def refused_for_an_archive(installed: Path) -> None:
    """Hold that what this machine's linker made is never packaged, however well it would fit."""
    command = [sys.executable, "-c", REFUSED, str(installed)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert answer.stdout.strip() == "it was linked on this machine, by none of the builders"
