"""Which names a module binds at its top level, and what each of them means."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sparta.package.splice import is_type_checking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

NOT_BOUND = {"TYPE_CHECKING", "__all__"}
OWN_SCOPE = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def bound_names(tree: ast.Module, modules: Collection[str] = ()) -> dict[str, str]:
    """Return the names that a module binds while it is imported, each with its origin.

    The origin of a name that comes from another module tells what it means: `sparta.errors` for
    `from sparta.errors import Problem`, `os` for `import os`; "" for a name that is defined here.

    Args:
        tree: The parsed module.
        modules: Full names of modules: `from a import b` binds the module a.b if it is one.
    """
    found: dict[str, str] = {}
    for name, origin in _of_body(tree.body, modules):
        if name in NOT_BOUND:
            continue
        if origin is None:
            found.pop(name, None)
        else:
            found[name] = origin
    return found


def _of_body(
    body: Iterable[ast.stmt], modules: Collection[str]
) -> Iterator[tuple[str, str | None]]:
    """Yield (name, origin) in order; the origin None means that the name is deleted."""
    for statement in body:
        if isinstance(statement, ast.ImportFrom):
            yield from _of_import_from(statement, modules)
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                name = alias.name if alias.asname else alias.name.split(".")[0]
                yield alias.asname or name, name
        elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield statement.name, ""
        elif isinstance(statement, ast.Delete):
            yield from ((n.id, None) for n in statement.targets if isinstance(n, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and statement.value is None:
            continue
        elif isinstance(statement, ast.If) and is_type_checking(statement):
            yield from _of_body(statement.orelse, modules)
        else:
            yield from ((name, "") for name in _stored(statement))


def _of_import_from(
    statement: ast.ImportFrom, modules: Collection[str]
) -> Iterator[tuple[str, str]]:
    source = statement.module or ""
    if source == "__future__":
        return
    for alias in statement.names:
        full = f"{source}.{alias.name}"
        if full in modules:
            yield alias.asname or alias.name, full
        elif alias.asname:
            yield alias.asname, full
        else:
            yield alias.name, source


def _stored(statement: ast.stmt) -> Iterator[str]:
    """Yield what a compound statement or an assignment binds, not what its functions bind."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif not isinstance(node, OWN_SCOPE):
            waiting += ast.iter_child_nodes(node)
