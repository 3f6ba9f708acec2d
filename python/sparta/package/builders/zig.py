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
from sparta.package.builders import cargo
from sparta.package.command import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.package.build_log import BuildLog
    from sparta.package.builders.source import Source
    from sparta.package.report import Report
    from sparta.package.target import Target

GLIBC = "2.17"
"""The oldest that Rust supports: one library per processor serves every runtime, and manylinux."""
INSTALL_ZIG = "pip install 'sparta[zig]'"
INFLUENCES = ("CARGO_BUILD_", "CARGO_PROFILE_", "CARGO_TARGET_")
"""Variables with which a user changes what cargo makes."""


def reason_not_to(target: Target) -> str:
    """Return why zig cannot build for `target` here; "" when it can."""
    problems = _missing(target)
    return problems[0].what if problems else ""


def build(
    source: Source, target: Target, flags: tuple[str, ...], report: Report, log: BuildLog
) -> Path:
    """Return the library of `source`, built or kept from an earlier build of the same.

    Args:
        source: What to compile.
        target: The runtime to compile it for.
        flags: More arguments of `cargo build`.
        report: Told how far the compiler is.
        log: Gets the command and all it prints.

    Raises:
        BuildError: Something to build with is missing, or the compiler failed.
    """
    problems = _missing(target)
    if problems:
        raise BuildError.of(problems)
    name = f"{target.rust_triple}.{GLIBC}"
    key = cache.key_of(name, *_versions(), *_influences(), *flags, source.key())

    def make(folder: Path) -> None:
        report("Compiling native library", Builder="zig", Package=source.package, Target=name)
        output = cargo.target_folder(source, "zig")
        words = ["cargo", "zigbuild", *source.cargo_words(), f"--target={name}", *flags]
        variables = _variables(source, output)
        with cargo.writing(folder, log, report, output):
            code, lines = run(
                words,
                folder=source.folder,
                log=log,
                report=report,
                told=cargo.TOLD,
                variables=variables,
            )
            if code != 0:
                raise cargo.failure(source, "the native library does not compile", lines, log)
            built = output / target.rust_triple / "release" / source.built_name
            shutil.copyfile(built, folder / cargo.NAME)

    return cargo.entry(key, make, log)


def _variables(source: Source, output: Path) -> dict[str, str]:
    # Paths in panic messages would tell one folder's build from another's.
    # The last that fits counts: a source below the home folder has its own name.
    flags = [*_rustflags(), f"--remap-path-prefix={Path.home()}=home", *source.remapping()]
    return {
        "CARGO_TARGET_DIR": str(output),
        **cargo.rustflags(flags),
        "CARGO_TERM_COLOR": "never",
        "PYO3_BUILD_EXTENSION_MODULE": "1",
        "PYO3_NO_PYTHON": "1",
        "CARGO_ZIGBUILD_PYTHON_PATH": sys.executable,
        "PATH": _search_path(),
    }


def _rustflags() -> list[str]:
    """Return the user's flags for rustc, as cargo reads them."""
    encoded = os.environ.get(cargo.ENCODED)
    return encoded.split("\x1f") if encoded else os.environ.get("RUSTFLAGS", "").split()


def _influences() -> Iterator[str]:
    """Yield what of the user's settings, beside the sources, decides what cargo makes."""
    yield " ".join(_rustflags())
    # A build script may read the variables that applications use; only their hash is kept.
    for name in sorted(os.environ):
        if name.startswith((*INFLUENCES, "SPARTA_")):
            yield f"{name}={os.environ[name]}"
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    for file in (home / "config.toml", home / "config"):
        yield file.read_text(encoding="utf-8") if file.is_file() else ""


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
