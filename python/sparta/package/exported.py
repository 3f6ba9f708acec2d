"""Which Rust functions a library exports, read from its bytes: it may be for another processor.

`#[sparta::function]` leaves a text for each: a mark, the name, the place, between control
characters (`rust/core/src/function.rs`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sparta.app.crate import rust_handlers
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sparta.app.application import Application

MANIFEST = re.compile(rb"\x02sparta-function\x1f(\w+)\x1f([^\x03\x1f]*)\x03")


def exported(library: Path) -> list[tuple[str, str]]:
    """Return the name and the place (`file:line`) of each function, sorted."""
    found = MANIFEST.findall(library.read_bytes())
    return sorted((name.decode(), place.decode()) for name, place in found)


def export_problems(application: Application, library: Path) -> Iterator[Problem]:
    """Yield the declared functions that the library has not, or has twice."""
    found = exported(library)
    counted = Counter(name for name, _ in found)
    for function, handler in rust_handlers(application.functions):
        name = handler.__name__
        if counted[name] == 1:
            continue
        if counted[name]:
            places = " and ".join(place for known, place in found if known == name)
            what = f"the crate exports two functions {name!r}: {places}"
            yield Problem(what, where=function.declared_at, fix="rename one of them")
        else:
            known = ", ".join(sorted(counted)) or "none"
            yield Problem(
                f"the crate exports no function {name!r}; it exports {known}",
                where=function.declared_at,
                fix="name one of them, or write #[sparta::function] in front of it",
            )
