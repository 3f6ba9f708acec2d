"""Builds the library with cargo-zigbuild: any host, no Docker, an old enough glibc.

zig links against the symbols of the glibc that the target's name ends with, whatever the host has.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import BuildError, Problem
from sparta.package import cache, native_source

if TYPE_CHECKING:
    from sparta.package.report import Report
    from sparta.package.target import Target

GLIBC = "2.26"
"""Of the oldest runtime; one library per processor then serves them all."""
CRATE = "sparta-python"
BUILT = "lib_sparta.so"
SHOWN_CHARACTERS = 4000
INSTALL_ZIG = "pip install 'sparta[zig]'"


def reason_not_to(target: Target) -> str:
    """Return why zig cannot build for `target` here; "" when it can."""
    problems = _missing(target)
    return problems[0].what if problems else ""


def build(target: Target, report: Report) -> Path:
    """Return the library, built from the sources or kept from an earlier build of the same.

    Raises:
        BuildError: Something to build with is missing, or the compiler failed.
    """
    problems = _missing(target)
    if problems:
        raise BuildError.of(problems)
    source = native_source.folder()
    name = f"{target.rust_triple}.{GLIBC}"
    kept = cache.user_folder() / "native"
    key = cache.key_of(
        name,
        *_versions(),
        cache.key_of_files(native_source.input_files(source), source),
    )

    def make(folder: Path) -> None:
        report("Compiling native library", Builder="zig", Target=name)
        output = cache.user_folder() / "target"
        _run(source, name, output)
        shutil.copyfile(output / target.rust_triple / "release" / BUILT, folder / "_sparta.abi3.so")

    return cache.entry(kept, key, make) / "_sparta.abi3.so"


def _missing(target: Target) -> list[Problem]:
    problems = []
    if shutil.which("cargo") is None:
        problems.append(Problem("cargo is not installed", fix="install Rust from rustup.rs"))
    elif target.rust_triple not in _installed_targets():
        fix = f"rustup target add {target.rust_triple}"
        problems.append(Problem(f"Rust's {target.rust_triple} is not installed", fix=fix))
    if _zigbuild() is None:
        problems.append(Problem("cargo-zigbuild is not installed", fix=INSTALL_ZIG))
    if shutil.which("zig") is None and importlib.util.find_spec("ziglang") is None:
        problems.append(Problem("zig is not installed", fix=INSTALL_ZIG))
    return problems


def _zigbuild() -> str | None:
    """Return cargo-zigbuild: of this environment, else on PATH."""
    return shutil.which("cargo-zigbuild", path=_search_path())


def _search_path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"


@lru_cache(maxsize=1)
def _installed_targets() -> frozenset[str]:
    root = subprocess.run(
        ["rustc", "--print", "sysroot"],  # noqa: S607 - found on PATH, as cargo finds it
        cwd=native_source.folder(),
        capture_output=True,
        text=True,
        check=False,
    )
    folder = Path(root.stdout.strip()) / "lib" / "rustlib"
    if root.returncode != 0 or not folder.is_dir():
        return frozenset()
    return frozenset(path.parent.name for path in folder.glob("*/lib"))


@lru_cache(maxsize=1)
def _versions() -> tuple[str, ...]:
    """Return the versions of all that compiles: part of what decides the library's bytes."""
    commands = (["rustc", "-vV"], [_zigbuild() or "", "-V"], _zig("version"))
    return tuple(
        subprocess.run(  # noqa: S603 - fixed arguments
            command, capture_output=True, text=True, check=False, cwd=native_source.folder()
        ).stdout
        for command in commands
    )


def _zig(*words: str) -> list[str]:
    found = shutil.which("zig")
    return [found, *words] if found else [sys.executable, "-m", "ziglang", *words]


def _run(source: Path, target: str, output: Path) -> None:
    # Paths in panic messages would tell one folder's build from another's.
    flags = f"--remap-path-prefix={source}=sparta --remap-path-prefix={Path.home()}=home"
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(output),
        "RUSTFLAGS": f"{os.environ.get('RUSTFLAGS', '')} {flags}".strip(),
        "PYO3_BUILD_EXTENSION_MODULE": "1",
        "PYO3_NO_PYTHON": "1",
        "CARGO_ZIGBUILD_PYTHON_PATH": sys.executable,
        "PATH": _search_path(),
    }
    words = ["zigbuild", "--release", "--locked", f"--package={CRATE}", f"--target={target}"]
    answer = subprocess.run(  # noqa: S603 - our own arguments
        ["cargo", *words],  # noqa: S607 - found on PATH
        cwd=source,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        # What compiled before the first error is of no interest.
        said = answer.stderr[max(answer.stderr.find("\nerror"), 0) :].strip()
        raise BuildError(
            "the native library does not compile",
            where=str(source / "rust"),
            fix="the compiler says:\n" + said[:SHOWN_CHARACTERS],
        )
