"""Where the sources of the native library and of the shim stand.

In a working tree of Sparta that is the tree itself; an installed Sparta carries a copy of them in
`sparta/_native_src`, in the same layout.
"""

from __future__ import annotations

from pathlib import Path

from sparta.errors import BuildError

PACKAGE = Path(__file__).resolve().parents[1]
"""The folder of the package `sparta`."""
CARRIED = PACKAGE / "_native_src"
INPUTS = (
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "rust/core",
    "rust/library",
    "rust/python",
)
"""What the library is made of, relative to the folder."""
_ONLY_TESTED = frozenset({"tests", "examples", "benches"})
"""Cargo's folders for what is no part of a library."""


def folder() -> Path:
    """Return the folder that holds `Cargo.toml`, `rust/`, `shim/` and `Dockerfile.build`.

    Raises:
        BuildError: This Sparta came without them.
    """
    for candidate in (CARRIED, PACKAGE.parents[1]):
        if (candidate / "rust" / "python" / "Cargo.toml").is_file():
            return candidate
    raise BuildError(
        "this installation of Sparta carries neither its Rust sources nor its shim",
        where=str(PACKAGE),
        fix="install Sparta from a wheel or a working tree that has them",
    )


def input_files(source: Path) -> list[Path]:
    """Return the files under `source` that decide what the library is."""
    found: list[Path] = []
    for name in INPUTS:
        path = source / name
        if path.is_file():
            found.append(path)
        elif path.is_dir():
            found += (f for f in path.rglob("*") if f.is_file() and "target" not in f.parts)
    return sorted(f for f in found if not _is_test(f.relative_to(source)))


def _is_test(file: Path) -> bool:
    """Return whether a file is compiled for tests only; modules of tests end in `_tests` here."""
    return not _ONLY_TESTED.isdisjoint(file.parts) or file.name.endswith("_tests.rs")
