"""The statements of a module's top level, each with the names it binds and those it may read."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
COMPREHENSION = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
ALL = "*"
"""What a star import binds."""
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, eq=False)
class Unit:
    """One statement of a module's top level.

    Args:
        node: The statement.
        binds: The names it may bind or unbind, those that its functions declare global included.
        later: Those of them that are bound by functions, whenever they are called.
        reads: The names it may read, now or when its functions are called.
        first_line: Its first line, decorators included; counted from 1.
        last_line: Its last line.
    """

    node: ast.stmt
    binds: frozenset[str]
    later: frozenset[str]
    reads: frozenset[str]
    first_line: int
    last_line: int


def units_of(tree: ast.Module) -> tuple[Unit, ...]:
    """Return the statements of a module's top level, in order."""
    return tuple(
        Unit(
            node,
            frozenset(_bound(node)) | frozenset(_global(node)),
            frozenset(_global(node)),
            frozenset(_read(node)),
            min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))]),
            node.end_lineno or node.lineno,
        )
        for node in tree.body
    )


def is_main_guard(node: ast.stmt) -> bool:
    """Say whether `node` is `if __name__ == "__main__":`, which never holds inside Lambda."""
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    sides = [node.test.left, *node.test.comparators]
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    texts = [side.value for side in sides if isinstance(side, ast.Constant)]
    equal = len(node.test.ops) == 1 and isinstance(node.test.ops[0], ast.Eq)
    return equal and names == ["__name__"] and texts == ["__main__"]


def _bound(top: ast.stmt) -> Iterator[str]:
    """Yield what a statement binds in the module, not what its functions and classes bind."""
    waiting: list[ast.AST] = [top]
    while waiting:
        node = waiting.pop()
        yield from _bound_by(node)
        if isinstance(node, Definition):
            body = {id(statement) for statement in node.body}
            waiting += [n for n in ast.iter_child_nodes(node) if id(n) not in body]
        elif isinstance(node, COMPREHENSION):
            # Its targets are its own; an assignment expression within binds outside of it.
            for inner in ast.walk(node):
                if isinstance(inner, ast.NamedExpr):
                    yield from _bound_by(inner.target)
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _bound_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del()):
            yield node.id
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Import():
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)
        case ast.ImportFrom():
            yield from (alias.asname or alias.name for alias in node.names)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name
        case _:
            pass


def _global(top: ast.stmt) -> Iterator[str]:
    names = [name for node in ast.walk(top) if isinstance(node, ast.Global) for name in node.names]
    yield from _with_mangled(top, names)


def _read(top: ast.stmt) -> Iterator[str]:
    docstrings = set(_docstrings(top))
    if isinstance(top, ast.Expr) and isinstance(top.value, ast.Constant):
        return  # the module's docstring, or another text that nothing looks at
    names: list[str] = []
    for node in ast.walk(top):
        match node:
            case ast.Name(ctx=ast.Load() | ast.Del()):
                names.append(node.id)
            case ast.AugAssign(target=ast.Name(id=name)):
                names.append(name)
            case ast.Global():
                names += node.names
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                names += _WORD.findall(text)
            case _:
                pass
    yield from _with_mangled(top, names)


def _docstrings(top: ast.stmt) -> Iterator[int]:
    for node in ast.walk(top):
        if isinstance(node, Definition):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield id(first.value)


def _with_mangled(top: ast.stmt, names: list[str]) -> Iterator[str]:
    """Yield `names`, and what those with two underscores are called within a class."""
    yield from names
    private = [name for name in names if name.startswith("__") and not name.endswith("__")]
    for node in ast.walk(top) if private else ():
        if isinstance(node, ast.ClassDef):
            yield from (f"_{node.name.lstrip('_')}{name}" for name in private)
