"""Which of Sparta's names the functions of an application mention: `sparta.logger`, say.

The archive's `sparta` loads most of itself when a name is first read. Where that is in a handler,
it would be while an event waits, on the function's share of a processor; the index reads those
names in advance, in INIT.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sparta.package.packaged import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.package.packaged import PackagedFile

_FRONTS = ("sparta", "sparta.native")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def names_mentioned(files: Iterable[PackagedFile]) -> dict[str, tuple[str, ...]]:
    """Return, by module of the application, what its functions read of `sparta`, sorted.

    Args:
        files: The files of the archive; those of dependencies are not looked at. A file that does
            not parse mentions nothing: what is wrong with it is said when it is compiled.
    """
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        if file.owner != APPLICATION or not file.is_python:
            continue
        content = file.read()
        if b"sparta" not in content:
            continue  # most files of a large application: parsing them is what takes long
        try:
            tree = ast.parse(content)
        except (SyntaxError, ValueError, RecursionError):
            continue
        names = sorted(set(_mentioned(tree)))
        if names:
            found[_module_of(file.path)] = tuple(names)
    return found


def _mentioned(tree: ast.Module) -> Iterator[str]:
    fronts = set(_bound_to_front(tree))
    bodies = (node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS))
    for node in (inner for body in bodies for inner in ast.walk(body)):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in fronts
        ):
            yield node.attr


def _bound_to_front(tree: ast.Module) -> Iterator[str]:
    """Yield the names under which the file has the front: `sparta`, mostly."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.asname or "sparta" for a in node.names if a.name in _FRONTS)
        elif isinstance(node, ast.ImportFrom) and node.module == "sparta":
            yield from (a.asname or a.name for a in node.names if a.name == "native")


def _module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
