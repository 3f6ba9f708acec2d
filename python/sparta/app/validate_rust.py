"""Checks the functions in Rust: their runtime, and that there is one crate that can be built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.crate import crate_problem, folder_of, rust_handlers
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sparta.app.function import Function
    from sparta.runtime.rust_handler import RustHandler


def rust_problems(functions: Iterable[Function[Any, Any]], runtime: str) -> Iterator[Problem]:
    """Yield everything that is wrong with the functions in Rust.

    Args:
        functions: The functions to deploy.
        runtime: `python` or `native`.
    """
    found = tuple(rust_handlers(functions))
    for function, handler in found:
        if runtime != "native":
            yield Problem(
                f"function {function.name!r} is in Rust, but the runtime is {runtime!r}, which "
                "runs Python only",
                where=function.declared_at,
                fix="write `import sparta.native as sparta`, or use --runtime native",
            )
        exported = handler.__name__
        if not (exported.isidentifier() and exported.isascii()):
            fix = "write the name of a `#[sparta::function]`, without its module"
            what = f"{exported!r} is not the name of a Rust function"
            yield Problem(what, where=function.declared_at, fix=fix)
    crates: dict[Path, RustHandler] = {}
    for _, handler in found:
        crates.setdefault(folder_of(handler), handler)
    for folder, handler in crates.items():
        problem = crate_problem(handler)
        if problem is not None:
            yield problem
        first = next(iter(crates))
        if folder != first:
            yield Problem(
                f"the application has two crates: {first} and {folder}",
                where=handler.crate_declared_at,
                fix="an application has one library: let one crate depend on the other",
            )
