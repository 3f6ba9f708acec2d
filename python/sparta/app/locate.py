"""Finds each Function's place in the application's modules, so that Lambda can find it again.

A place is a module and a path in it: a module-level name, or an element of a module-level list,
tuple or dict. Functions are found by identity, so it doesn't matter how they were made.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparta.app.custom_resource import Provider
from sparta.app.function import Function
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one Function stands: the module, then a name, then indexes or keys."""

    module: str
    path: tuple[str | int, ...]
    is_provider: bool = False
    """Whether custom resources wait for its answer, even where it cannot be imported."""


def locate(
    functions: Iterable[Function[Any, Any]], root: Path, main_module: str
) -> tuple[dict[str, Entry], list[Problem]]:
    """Return the entry of each function by its entry name, and the functions that have none.

    Args:
        functions: The functions to deploy.
        root: The archive's root folder; only modules below it are searched.
        main_module: The name under which `__main__` will be imported in Lambda.
    """
    places = dict(_places(root, main_module))
    entries: dict[str, Entry] = {}
    missing: list[Problem] = []
    for function in functions:
        if not isinstance(function, Function):
            continue
        entry = places.get(id(function))
        if entry is None:
            missing.append(
                Problem(
                    f"function {function.name!r} cannot be found in any module of the application",
                    where=function.declared_at,
                    fix="assign it to a module-level name, or put it in a module-level list, "
                    "tuple or dict",
                )
            )
        else:
            entries[function.entry_name] = entry
    return entries, missing


def forgotten(
    functions: Iterable[Function[Any, Any]], root: Path, main_module: str
) -> Iterator[str]:
    """Yield a warning for each Function of the application's modules that is not deployed."""
    deployed = {id(function) for function in functions}
    seen: set[int] = set()
    for module in _application_modules(root, main_module).values():
        for value in vars(module).values():
            function = _function_of(value)
            if function is not None and id(function) not in deployed | seen:
                seen.add(id(function))
                fix = "pass it to sparta.main" if value is function else "declare a resource of it"
                yield (
                    f"{function.declared_at}: function {function.name!r} is defined but not "
                    f"deployed; {fix}"
                )


def _places(root: Path, main_module: str) -> Iterator[tuple[int, Entry]]:
    """Yield (identity, entry); later ones win, so plain names come after elements."""
    modules = _application_modules(root, main_module)
    for name, module in reversed(modules.items()):
        for attribute, value in list(vars(module).items()):
            for key, element in _elements(value):
                function = _function_of(element)
                if function is not None:
                    place = Entry(name, (attribute, key), is_provider=function is not element)
                    yield id(function), place
    for name, module in reversed(modules.items()):
        for attribute, value in list(vars(module).items()):
            function = _function_of(value)
            if function is not None:
                place = Entry(name, (attribute,), is_provider=function is not value)
                yield id(function), place


def _function_of(value: object) -> Function[Any, Any] | None:
    """Return the function that a value is, or that it has as a provider."""
    if isinstance(value, Provider):
        return value.function
    return value if isinstance(value, Function) else None


def _elements(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, list | tuple):
        return enumerate(value)
    if isinstance(value, dict):
        return [(key, item) for key, item in value.items() if isinstance(key, str | int)]
    return ()


def _application_modules(root: Path, main_module: str) -> dict[str, ModuleType]:
    """Return the loaded modules whose file stands below `root`, the main module first."""
    found: dict[str, ModuleType] = {}
    main = sys.modules.get(main_module) or sys.modules.get("__main__")
    if main is not None:
        found[main_module] = main
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if module is main or name == "__main__" or not file:
            continue
        path = Path(file)
        if path.is_relative_to(root) and not {"site-packages", ".venv"} & set(path.parts):
            found[name] = module
    return found
