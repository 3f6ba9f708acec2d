"""What no analysis of names sees through: code that reaches a module's names in other ways."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from sparta.package.slice.unit import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.package.slice.unit import Unit

_CALLS = {"globals", "locals", "eval", "exec", "__import__"}
_WITHOUT_ARGUMENTS = {"vars", "dir"}
_ATTRIBUTES = {
    *("__globals__", "__subclasses__", "__builtins__", "f_builtins", "f_globals", "f_back"),
    *("f_locals", "_getframe", "_getframemodulename", "currentframe", "getmembers"),
    *("getmembers_static", "getmodule", "import_module", "stack", "run_module", "run_path"),
    *("resolve_name", "gi_frame", "tb_frame", "cr_frame"),
}
_MODULE_ATTRIBUTES = {"modules", "reload", "stack", "trace"}
"""Too common elsewhere: only of `sys`, `importlib` and `inspect`."""
_MODULES = {"sys", "importlib", "inspect"}
_NAMES = {"__annotations__", "__builtins__", "__loader__", "__spec__"}
_ELSEWHERE = {"__globals__", "f_globals", "f_locals", "f_back"}


def dynamic_access(units: Iterable[Unit]) -> str:
    """Return which code in `units` reaches names as no analysis can follow; "" if there is none."""
    for unit in units:
        if ALL in unit.binds:
            return f"line {unit.first_line}: a star import binds nobody knows what"
        if "__name__" in unit.binds:
            return f"line {unit.first_line}: the module gives itself another name"
        if isinstance(unit.node, ast.FunctionDef) and unit.node.name in ("__getattr__", "__dir__"):
            return f"line {unit.first_line}: the module has a {unit.node.name} of its own"
        for node in ast.walk(unit.node):
            found = _found(node)
            if found:
                return f"line {getattr(node, 'lineno', unit.first_line)}: {found}"
    return ""


def elsewhere(tree: ast.Module) -> str:
    """Return what another module does that might reach any module's names; "" if nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _ELSEWHERE:
            return f"line {node.lineno}: {node.attr} reaches the names of other modules"
    return ""


def _found(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) if name in _CALLS | _NAMES:
            return f"{name} reaches names in ways that cannot be followed"
        case ast.Call(func=ast.Name(id=name), args=[], keywords=[]) if name in _WITHOUT_ARGUMENTS:
            return f"{name}() reaches names in ways that cannot be followed"
        case ast.Attribute(attr=name) if name in _ATTRIBUTES:
            return f"{name} reaches names in ways that cannot be followed"
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in _MODULES:
            if name in _MODULE_ATTRIBUTES:
                return f"{module}.{name} reaches names in ways that cannot be followed"
        case ast.ImportFrom() | ast.Import():
            return next(_imported(node), "")
        case _:
            pass
    return ""


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            risky = alias.name in _ATTRIBUTES or (
                node.module in _MODULES and alias.name in _MODULE_ATTRIBUTES
            )
            if risky or (node.module == "builtins"):
                yield f"{alias.name} reaches names in ways that cannot be followed"
        elif alias.name in ("__main__", "builtins", "gc") or (
            alias.asname is not None and alias.name in _MODULES
        ):
            yield f"the module {alias.name} reaches names in ways that cannot be followed"
