"""Where a name of a module comes from: an import, a builtin, one known value."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.package.slice.known import canonical
from sparta.package.slice.unit import ALL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sparta.package.slice.unit import Unit

_MODULE_NAMES = {"__name__", "__file__", "__doc__", "__package__"}


@dataclass(frozen=True)
class Origins:
    """What the names of one module mean.

    Args:
        package: The package the module is in; "" at the top.
        binders: The statements that bind each name.
        patched: Top-level names of modules in which somebody replaces attributes.
    """

    package: str
    binders: dict[str, list[Unit]]
    patched: frozenset[str]

    def of(self, name: str) -> str | None:
        """Return the full name of what `name` was imported as, `builtins.` for builtins.

        None where it is bound in other ways, or in several.
        """
        found = self.binders.get(name, [])
        if ALL in self.binders:
            return None
        if not found:
            known = hasattr(builtins, name) and name not in _MODULE_NAMES
            return f"builtins.{name}" if known else None
        meanings = {self._imported(unit, name) for unit in found}
        meaning = meanings.pop() if len(meanings) == 1 else None
        return None if meaning is None or meaning.split(".")[0] in self.patched else meaning

    def assigned(self, name: str) -> ast.expr | None:
        """Return the one value that `name` is ever bound to; None if it is not that simple."""
        found = self.binders.get(name, [])
        if len(found) != 1 or found[0].later or ALL in self.binders:
            return None
        node = found[0].node
        if isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) for t in node.targets):
            return node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            return node.value
        return None

    def is_module_name(self, name: str) -> bool:
        """Say whether `name` is one that the import system binds to a text."""
        return name in _MODULE_NAMES and name not in self.binders

    def is_settled(self, name: str) -> bool:
        """Say whether `name` means the same whenever it is read: one statement binds it."""
        found = self.binders.get(name, [])
        if len(found) > 1:
            return self.of(name) is not None
        return not any(name in unit.later for unit in found)

    def _imported(self, unit: Unit, name: str) -> str | None:
        node = unit.node
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname == name:
                    return canonical(alias.name)
                if alias.asname is None and alias.name.split(".")[0] == name:
                    return name
        if isinstance(node, ast.ImportFrom):
            source = source_of(node, self.package)
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return canonical(f"{source}.{alias.name}")
        return None


def origins_of(units: Iterable[Unit], package: str, patched: Collection[str]) -> Origins:
    """Return what the names mean that `units` bind.

    Args:
        units: All statements of the module.
        package: The package the module is in.
        patched: As in `Origins`.
    """
    binders: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for name in unit.binds:
            binders[name].append(unit)
    return Origins(package, dict(binders), frozenset(patched))


def source_of(node: ast.ImportFrom, package: str) -> str:
    """Return the full name of the module that `from ... import` names, dots resolved."""
    if not node.level:
        return node.module or ""
    parts = package.split(".") if package else []
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])


def patched_by(tree: ast.Module) -> set[str]:
    """Return the top-level names of imported modules in which `tree` replaces attributes.

    `boto3.client = traced` and `setattr(boto3, ...)`: what is called `boto3.client` afterwards is
    somebody else's.
    """
    roots: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                roots[alias.asname or alias.name.split(".")[0]] = alias.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                roots[alias.asname or alias.name] = (node.module or "").split(".")[0]
    changed = [target for node in ast.walk(tree) for target in _changed(node)]
    names = (_first_name(target) for target in changed)
    return {canonical(roots[name]) for name in names if name in roots}


def _changed(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
        return [node.value]
    calls = {"setattr", "delattr", "vars", "object"}
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
        return node.args[:1]
    return [node.value] if isinstance(node, ast.Attribute) and node.attr == "__dict__" else []


def _first_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
