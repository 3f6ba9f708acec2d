"""Makes every subject that can be made here, one after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sparta.measure.subject import Subject
from subjects.entry import Entry, NotHereError, Prepared, Site
from subjects.environment import lambda_environment
from subjects.frameworks import FRAMEWORKS, served_by
from subjects.golang import golang
from subjects.names import (
    AWS_CLIENT,
    BARE,
    GO,
    NODE,
    ORIGINAL_LIBRARY,
    ORIGINAL_SIDECAR,
    RUST,
)
from subjects.node import node
from subjects.original import library, sidecar
from subjects.packaged import WAYS, packaged
from subjects.plain import plain
from subjects.rust import rust

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


def bare(site: Site) -> list[Entry]:
    """Return the floor: an interpreter that runs nothing."""
    command = [str(site.python), "-I", "-S", "-c", "pass"]
    environment = lambda_environment(site.minor)
    subject = Subject(BARE, command, environment, site.cache, serves=False)
    return [Entry("hello", subject)]


MAKERS: dict[str, Callable[[Site], list[Entry]]] = {
    BARE: bare,
    AWS_CLIENT: plain,
    **{name: partial(packaged, name=name) for name in WAYS},
    **{one.name: partial(served_by, framework=one) for one in FRAMEWORKS},
    ORIGINAL_SIDECAR: sidecar,
    ORIGINAL_LIBRARY: library,
    RUST: rust,
    GO: golang,
    NODE: node,
}
"""By name, in the order of the tables."""


def prepare(
    cache: Path,
    python: Path,
    minor: str,
    *,
    only: Collection[str] = (),
    say: Callable[[str], None],
) -> Prepared:
    """Make the subjects; what takes long is kept in `cache` and made once.

    Args:
        cache: A folder, which is created.
        python: The interpreter of all subjects in Python.
        minor: Its version, such as "3.12".
        only: Names of subjects, in place of all.
        say: Prints a line.

    Raises:
        ValueError: `only` has a name that no subject has.
    """
    unknown = sorted(set(only) - set(MAKERS))
    if unknown:
        names = "; ".join(MAKERS)
        raise ValueError(f"no subject {', '.join(unknown)}: the subjects are {names}")
    cache.mkdir(parents=True, exist_ok=True)
    site = Site(cache.resolve(), python, minor, say)
    entries: list[Entry] = []
    skipped: dict[str, str] = {}
    for name, make in MAKERS.items():
        if only and name not in only:
            continue
        say(f"preparing {name}")
        try:
            entries += make(site)
        except NotHereError as error:
            skipped[name] = str(error)
            say(f"without {name}: {error}")
    return Prepared(tuple(entries), skipped)
