"""How the cost of imports is shown: the tree, and what to drop."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sparta.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.measure.import_tree import Module
    from sparta.measure.imports import Imports

SHOWN_DROPS = 10


def tree(title: str, made: Imports, shown: int | None, *, colour: bool = False) -> str:
    """Return the import tree, at each level the biggest first.

    Args:
        title: The line above it.
        made: What was measured.
        shown: How many modules, the biggest; None for all.
        colour: Whether the header stands out.
    """
    below: dict[str, list[Module]] = defaultdict(list)
    for one in made.modules:
        below[one.parent].append(one)
    costliest = sorted(made.modules, key=lambda one: one.cpu_ms, reverse=True)[:shown]
    kept = {one.name for one in costliest}
    rows = [
        (f"{'· ' * depth}{one.name}{'' if one.found else ' (not found)'}", *_times(one))
        for depth, one in _walked(below, "", 0)
        if one.name in kept
    ]
    if len(kept) < len(made.modules):
        rest = sum(one.own_ms for one in made.modules if one.name not in kept)
        rows.append((f"{len(made.modules) - len(kept)} more", f"{rest:.2f}", "", ""))
    return table(title, ("Module", "Own CPU ms", "In all", "Wall ms"), rows, colour=colour)


def drops(made: Imports, *, title: str = "What to drop", colour: bool = False) -> str:
    """Return the import statements with what only they bring in, the biggest first."""
    rows = [
        (one.name, "\n".join(one.places), f"{one.cpu_ms:.2f}", str(one.modules))
        for one in made.savings[:SHOWN_DROPS]
    ]
    return table(title, ("Import", "In", "CPU ms", "Modules"), rows, colour=colour)


def document(made: Imports) -> dict[str, Any]:
    """Return what was measured for `--json`."""
    return {
        "cpuMs": made.cpu_ms,
        "modules": [asdict(one) for one in made.modules],
        "savings": [asdict(one) for one in made.savings],
    }


def _walked(
    below: Mapping[str, list[Module]], name: str, depth: int
) -> Iterator[tuple[int, Module]]:
    for one in sorted(below.get(name, ()), key=lambda one: one.cpu_ms, reverse=True):
        yield depth, one
        yield from _walked(below, one.name, depth + 1)


def _times(one: Module) -> tuple[str, str, str]:
    return f"{one.own_ms:.2f}", f"{one.cpu_ms:.2f}", f"{one.wall_ms:.2f}"
