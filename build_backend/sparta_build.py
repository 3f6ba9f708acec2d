"""PEP 517 build backend: maturin's, with two additions.

* A wheel carries the sources of the native library under `sparta/_native_src/`, so that an
  application with Rust code of its own can be linked with them on another machine.
* An editable install is a `.pth` file and compiles nothing. `make core` builds the library, with
  the builder that also builds it for Lambda: the tree is compiled once, for one target.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import maturin

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
NATIVE_SOURCES = ("Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "Dockerfile.build")
NATIVE_FOLDERS = ("rust/core", "rust/library", "rust/macros", "rust/python", "rust/sdk", "shim")
NOT_CARRIED = shutil.ignore_patterns(
    "target", "__pycache__", "tests", "benches", "examples", "*_tests.rs"
)
Settings = dict[str, Any] | None

build_sdist = maturin.build_sdist
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_wheel


def get_requires_for_build_editable(config_settings: Settings = None) -> list[str]:
    """Return what an editable install needs beyond maturin: nothing."""
    del config_settings
    return []


def build_wheel(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel with the library and its sources; returns the wheel's file name."""
    with _native_sources(ROOT / "python" / "sparta" / "_native_src"):
        name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Build a wheel that only points at this tree; returns the wheel's file name."""
    folder = Path(metadata_directory or wheel_directory)
    made = list(folder.glob("*.dist-info"))
    if not made:
        made = [folder / maturin.prepare_metadata_for_build_wheel(str(folder), config_settings)]
    dist_info = made[0]
    files = {"sparta.pth": f"{ROOT / 'python'}\n".encode()}
    for path in sorted(dist_info.rglob("*")):
        if path.is_file() and path.name not in {"RECORD", "WHEEL"}:
            relative = path.relative_to(dist_info).as_posix()
            files[f"{dist_info.name}/{relative}"] = path.read_bytes()
    files[f"{dist_info.name}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: sparta_build\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    listed = f"{dist_info.name}/RECORD"
    files[listed] = record(files, listed).encode()
    name = f"{dist_info.name.removesuffix('.dist-info')}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for path_in_wheel, content in files.items():
            wheel.writestr(path_in_wheel, content)
    return name


def record(files: dict[str, bytes], itself: str) -> str:
    """Return the RECORD of `files`: path, hash, size; its own line has neither."""
    lines = []
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(content)}\n")
    return "".join(lines) + f"{itself},,\n"


def copy_native_sources(target: Path) -> None:
    """Copy what builds the native library, and the shim, to the folder `target`."""
    for name in NATIVE_SOURCES:
        if (ROOT / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    for folder in NATIVE_FOLDERS:
        shutil.copytree(ROOT / folder, target / folder, ignore=NOT_CARRIED)


@contextmanager
def _native_sources(target: Path) -> Iterator[None]:
    """Have the native library's sources at `target` while a wheel is built."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        copy_native_sources(target)
        yield
    finally:
        shutil.rmtree(target, ignore_errors=True)
