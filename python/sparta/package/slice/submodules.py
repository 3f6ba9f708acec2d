"""Submodules that are used without being imported: some other import has loaded them.

`import urllib` and then `urllib.parse.quote(...)` works where anything else has imported
`urllib.parse`, boto3 for example. Were that import dropped, it would not.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.package.slice.origins import source_of
from sparta.package.slice.unit import units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def implicit_use(nodes: Iterable[ast.stmt]) -> str:
    """Return the first use of a submodule that no import in `nodes` loads; "" if there is none.

    Args:
        nodes: Statements of one module's top level.
    """
    statements = list(nodes)
    names = dict(_modules(statements))
    loaded = set(_loaded(statements))
    for statement in statements:
        attributes = [node for node in ast.walk(statement) if isinstance(node, ast.Attribute)]
        nearer = dict(_loaded_nearer(statement))
        for attribute in attributes:
            found = _implicit(attribute, names, loaded | nearer.get(id(attribute), set()))
            if found:
                return f"line {attribute.lineno}: {found} is used, but not imported here"
        bases = {id(attribute.value) for attribute in attributes}
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                package = names.get(node.id)
                if package and id(node) not in bases and _is_package(package):
                    return f"line {node.lineno}: the package {package} is handed on as a whole"
    return ""


def _loaded_nearer(statement: ast.stmt) -> Iterator[tuple[int, set[str]]]:
    """Yield each attribute within a function that imports modules itself, with these modules."""
    for function in ast.walk(statement):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            loaded = set(_loaded(function.body))
            if loaded:
                yield from (
                    (id(n), loaded) for n in ast.walk(function) if isinstance(n, ast.Attribute)
                )


def _modules(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield each name that an import binds to a module, with the module."""
    for node in _imports(statements):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or name, name
        elif not node.level:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if _is_submodule(name):
                    yield alias.asname or alias.name, name


def _loaded(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the modules that the statements import while they are run from top to bottom."""
    for node in statements:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _with_parents(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _with_parents(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _imports(statements: Iterable[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield node


def _with_parents(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _implicit(attribute: ast.Attribute, names: dict[str, str], loaded: set[str]) -> str:
    """Return the submodule that `attribute` is if nothing loads it for sure; else ""."""
    parts: list[str] = []
    node: ast.expr = attribute
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in names:
        return ""
    full = ".".join([names[node.id], *parts])
    if full in loaded or full.startswith("sparta."):
        return ""
    return full if _is_submodule(full) and not _is_loaded_by_its_package(full) else ""


def _is_package(name: str) -> bool:
    return name != "sparta" and not name.startswith("sparta.") and bool(_folders(name))


@cache
def _is_submodule(name: str) -> bool:
    package, _, part = name.rpartition(".")
    return any(
        (folder / part).is_dir() or any(folder.glob(f"{part}.*")) for folder in _folders(package)
    )


@cache
def _folders(package: str) -> tuple[Path, ...]:
    """Return the folders of a package as this interpreter finds it; none if it is a module."""
    folders: tuple[Path, ...] = ()
    for number, name in enumerate(_with_parents(package)):
        path = [str(folder) for folder in folders] if number else None
        try:
            spec = PathFinder.find_spec(name, path)
        except (ImportError, ValueError):
            return ()
        if spec is None or spec.submodule_search_locations is None:
            return ()
        folders = tuple(Path(folder) for folder in spec.submodule_search_locations)
    return folders


@cache
def _is_loaded_by_its_package(name: str) -> bool:
    """Say whether the package's own `__init__` imports this submodule or binds its name."""
    package = name.rpartition(".")[0]
    inits = [folder / "__init__.py" for folder in _folders(package)]
    trees = [ast.parse(init.read_bytes()) for init in inits if init.is_file()]
    return any(_loads(node, name, package) for tree in trees for node in tree.body)


def _loads(node: ast.stmt, name: str, package: str) -> bool:
    """Say whether a statement of `package` imports its submodule `name`, or binds that name."""
    imported: list[str] = []
    if isinstance(node, ast.Import):
        imported = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        imported = [source_of(node, package)]
    if any(f"{one}.".startswith(f"{name}.") for one in imported):
        return True
    return any(name.rpartition(".")[2] in unit.binds for unit in units_of(ast.Module([node], [])))
