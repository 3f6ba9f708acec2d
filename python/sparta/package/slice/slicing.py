"""From a module and a function's name to its slice, or to the reason why there is none."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.package.slice.cut import (
    CutError,
    lines_of,
    ranges,
    shown,
    without,
)
from sparta.package.slice.dynamic import dynamic_access
from sparta.package.slice.known import (
    EXPENSIVE_STANDARD,
    NOT_WORTH_A_SLICE,
    STANDARD,
    WITH_EFFECTS,
)
from sparta.package.slice.reach import MAIN_GUARD, reached
from sparta.package.slice.submodules import implicit_use
from sparta.package.slice.unit import is_main_guard

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    from sparta.package.slice.modules import Module, Modules
    from sparta.package.slice.unit import Unit

UNREAD = "nothing that stays reads it"
NOTHING = "nothing that takes long to import could be dropped"


@dataclass(frozen=True)
class Line:
    """One statement in a report: where it begins, how, and why it stays or goes."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True)
class Slice:
    """One function's module without what its handler never reaches.

    Args:
        module: The module's name.
        path: Its file in the archive.
        content: The source that is left.
        ranges: The lines that were dropped, first and last of each, the main guard's apart.
        names: What is bound there and nowhere else in the module.
        gained: Top-level names of the modules that are not imported any more.
        dropped: For the report.
        kept: For the report.
    """

    module: str
    path: str
    content: bytes
    ranges: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    gained: tuple[str, ...]
    dropped: tuple[Line, ...] = field(repr=False)
    kept: tuple[Line, ...] = field(repr=False)


@dataclass(frozen=True)
class Whole:
    """A module that is left alone, and why."""

    module: str
    path: str
    reason: str


def sliced(module: Module, name: str, modules: Modules, *, always: bool = False) -> Slice | Whole:
    """Return the slice of `module` for the function under `name`.

    Args:
        module: The module.
        name: The module-level name that leads to the function.
        modules: All modules of the application.
        always: Whether a slice is wanted that drops nothing expensive, too.
    """
    try:
        return _sliced(module, name, modules, always=always)
    except CutError as reason:
        return Whole(module.name, module.file.path, str(reason))


def _sliced(module: Module, name: str, modules: Modules, *, always: bool) -> Slice:
    """Return the slice, or raise CutError with the reason why there is none."""
    _check(_unreadable(module))
    _check("" if always or _gained(module, modules, (), module.units) else NOTHING)
    kept = _kept(module, name, modules)
    dropped = {unit: _reason(unit) for unit in module.units if unit not in kept}
    _check(dynamic_access(kept))
    gained = _gained(module, modules, kept, dropped)
    _check("" if always or gained else NOTHING)
    _check(_implicit_use(module, modules, [unit.node for unit in module.units if unit in kept]))
    lines = lines_of(module.content)
    gone = [unit for unit in dropped if not is_main_guard(unit.node)]
    left = {bound for unit in kept for bound in unit.binds}
    words = {unit: f"dropped: {reason}" for unit, reason in dropped.items()}
    return Slice(
        module.name,
        module.file.path,
        without(module.content, kept, words),
        ranges(gone),
        tuple(sorted({bound for unit in gone for bound in unit.binds - unit.later} - left)),
        tuple(sorted(gained)),
        _lines(dropped, lines),
        _lines(kept, lines),
    )


def _check(reason: str) -> None:
    if reason:
        raise CutError(reason)


def _kept(module: Module, name: str, modules: Modules) -> dict[Unit, str]:
    """Return what stays, each with the reason, or raise CutError where that cannot be told.

    What stays decides which other modules are loaded, and these what they ask of this one.
    """
    verdicts = modules.verdicts(module)
    names = {name}
    while True:
        kept = reached(module.units, verdicts, names)
        nodes = [unit.node for unit in kept]
        loaded = modules.loaded_with(nodes, module.package, later=True)
        asked, problem = modules.asked_of(module.name, loaded)
        _check(problem)
        if asked <= names:
            _check("" if any(name in unit.binds for unit in kept) else f"nothing binds {name}")
            return kept
        names |= asked


def _unreadable(module: Module) -> str:
    if module.tree is None:
        return "this Python cannot parse it"
    if module.file.path.endswith("__init__.py"):
        return "it is a package, which its own modules may read"
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(module.content).readline)
    except SyntaxError as error:
        return str(error)
    return "" if encoding in ("utf-8", "utf-8-sig") else f"its encoding is {encoding}"


def _gained(
    module: Module, modules: Modules, kept: Iterable[Unit], dropped: Iterable[Unit]
) -> set[str]:
    """Return what takes long to import and is not imported any more: top-level names."""
    nodes = [unit.node for unit in dropped if not is_main_guard(unit.node)]
    gone = modules.loaded_with(nodes, module.package, later=False)
    stays = modules.loaded_with((unit.node for unit in kept), module.package, later=False)
    own = {name.split(".")[0] for name in modules.by_name}
    left = {name.split(".")[0] for name in stays}
    roots = {name.split(".")[0] for name in gone} - left - own
    cheap = (STANDARD | WITH_EFFECTS) - EXPENSIVE_STANDARD
    if left - own - STANDARD - WITH_EFFECTS - NOT_WORTH_A_SLICE:
        cheap = STANDARD | WITH_EFFECTS  # a package that stays imports most of them by itself
    return roots - cheap - NOT_WORTH_A_SLICE


def _implicit_use(module: Module, modules: Modules, kept: list[ast.stmt]) -> str:
    """Return which code that is left relies on an import that may be gone; "" if none does."""
    problem = implicit_use(kept)
    if problem:
        return problem
    for name in sorted(modules.loaded_with(kept, module.package, later=True)):
        other = modules.by_name.get(name)
        if other is not None and other is not module and other.implicit_use:
            return f"{other.file.path}, {other.implicit_use}"
    return ""


def _reason(unit: Unit) -> str:
    return MAIN_GUARD if is_main_guard(unit.node) else UNREAD


def _lines(units: Mapping[Unit, str], lines: list[bytes]) -> tuple[Line, ...]:
    ordered = sorted(units.items(), key=lambda pair: pair[0].first_line)
    return tuple(Line(unit.first_line, shown(unit, lines), reason) for unit, reason in ordered)
