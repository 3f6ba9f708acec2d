"""Which statements of a module stay: a mark and sweep over the names they read and bind."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from sparta.package.slice.unit import is_main_guard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sparta.package.slice.statements import Verdict
    from sparta.package.slice.unit import Unit

MAIN_GUARD = "the main guard never holds inside Lambda"


def reached(
    units: Iterable[Unit], verdicts: Mapping[Unit, Verdict], names: Collection[str]
) -> dict[Unit, str]:
    """Return the statements that stay, each with the reason.

    Args:
        units: The statements of a module.
        verdicts: What is known of each; one with an effect stays.
        names: What is asked of the module from outside: the handler, what others import.
    """
    holders: dict[str, list[Unit]] = defaultdict(list)
    kept: dict[Unit, str] = {}
    for unit in units:
        if is_main_guard(unit.node):
            continue
        for name in (*unit.binds, *verdicts[unit].changes):
            holders[name].append(unit)
        reason = verdicts[unit].effect or _always(unit)
        if reason:
            kept[unit] = reason
    waiting = [(name, "the function itself, or imported by another module") for name in names]
    waiting += [pair for unit in kept for pair in _wanted_by(unit)]
    while waiting:
        name, reason = waiting.pop()
        for unit in holders.pop(name, ()):
            if unit not in kept:
                kept[unit] = reason
                waiting += _wanted_by(unit)
    return kept


def _always(unit: Unit) -> str:
    """Return why a pure statement stays although nothing reads it; "" if there is no reason."""
    if isinstance(unit.node, ast.Expr) and isinstance(unit.node.value, ast.Constant):
        return "a text costs nothing"
    if any(name.startswith("__") and name.endswith("__") for name in unit.binds):
        return "a name that Python or other modules give a meaning"
    return ""


def _wanted_by(unit: Unit) -> list[tuple[str, str]]:
    """Return what stays because `unit` does: what binds its names, and what it reads."""
    line = unit.first_line
    read = [(name, f"{name} is read on line {line}") for name in unit.reads]
    return read + [(name, f"{name} is bound on line {line} too") for name in unit.binds]
