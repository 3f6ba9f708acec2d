"""`Crate`: the crate that an application's Rust functions are from, as it stands on disk."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.errors import Problem
from sparta.runtime.rust_handler import RustHandler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function

MANIFEST = "Cargo.toml"
LINKABLE = {"lib", "rlib"}
"""What another crate can depend on."""


@dataclass(frozen=True, slots=True)
class Crate:
    """A library crate.

    Args:
        folder: The folder with its Cargo.toml.
        package: The name of the package in it.
        declared_at: The user's file and line.
    """

    folder: Path
    package: str
    declared_at: str


def rust_handlers(
    functions: Iterable[Function[Any, Any]],
) -> Iterator[tuple[Function[Any, Any], RustHandler]]:
    """Yield the functions in Rust, each with its handler."""
    for function in functions:
        handler = getattr(function, "handler", None)  # what is no Function is told elsewhere
        if isinstance(handler, RustHandler):
            yield function, handler


def crate_of(functions: Iterable[Function[Any, Any]]) -> Crate | None:
    """Return the crate of those functions that are in Rust; None where none is.

    `rust_problems` has found nothing wrong with it.
    """
    for _, handler in rust_handlers(functions):
        folder = folder_of(handler)
        manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Crate(folder, manifest["package"]["name"], handler.crate_declared_at)
    return None


def folder_of(handler: RustHandler) -> Path:
    """Return the folder of a function's crate."""
    declaring_file = Path(handler.crate_declared_at.rpartition(":")[0])
    return (declaring_file.parent / handler.crate).resolve()


def crate_problem(handler: RustHandler) -> Problem | None:
    """Return why a function's crate cannot be built into the library; None when it can."""
    folder, where = folder_of(handler), handler.crate_declared_at
    named = f"RustCrate({handler.crate!r})"
    if not folder.is_dir():
        fix = "the path is relative to this file; `cargo new --lib` makes a crate"
        return Problem(f"{named}: there is no folder {folder}", where=where, fix=fix)
    file = folder / MANIFEST
    if not file.is_file():
        fix = f"run `cargo init --lib {handler.crate}`, or name the folder of a crate"
        return Problem(f"{named}: there is no {MANIFEST} in {folder}", where=where, fix=fix)
    try:
        manifest = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Problem(f"{named}: {file} cannot be read: {error}", where=where)
    if not isinstance(manifest.get("package", {}).get("name"), str):
        fix = "name the folder of one package, not of a workspace"
        return Problem(f"{named}: {file} names no package", where=where, fix=fix)
    what = _unlinkable(folder, manifest.get("lib"))
    if what:
        fix = 'the functions stand in src/lib.rs; leave [lib] without a crate-type, or add "lib"'
        return Problem(f"{named}: {what}", where=where, fix=fix)
    return None


def _unlinkable(folder: Path, library: dict[str, Any] | None) -> str:
    """Return why no other crate can depend on this one."""
    if library is None and not (folder / "src" / "lib.rs").is_file():
        return f"{folder} is no library: there is no src/lib.rs"
    kinds = set((library or {}).get("crate-type", LINKABLE))
    if (library or {}).get("proc-macro") is True or not kinds & LINKABLE:
        return f"the library in {folder} is of a kind that no other crate can be linked with"
    return ""
