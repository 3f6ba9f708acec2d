"""Takes out of a module's source what a joined file does not need, by offsets.

What stays is byte for byte the author's. Taken out are: imports of `__future__` and of Sparta's own
modules, what stands under `TYPE_CHECKING`, `@overload` signatures, `__all__`, docstrings, and
annotations, which without the `__future__` import would be evaluated. A class's own annotations
become text, which is what that import makes of them.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Edit = tuple[int, int, bytes]
"""From this offset to that one (in bytes of UTF-8) stands this instead."""


def spliced(source: str, tree: ast.Module) -> str:
    """Return `source`, parsed as `tree`, without what a joined file does not need."""
    content = source.encode()
    edits = sorted(_Splicer(content).edits_of(tree))
    pieces = []
    position = 0
    for start, end, replacement in edits:
        if start < position:
            continue  # inside of what was taken out already
        pieces += [content[position:start], replacement]
        position = end
    return b"".join([*pieces, content[position:]]).decode()


def is_type_checking(node: ast.AST) -> bool:
    """Say whether `node` is `if TYPE_CHECKING:`."""
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


class _Splicer:
    """Finds the edits of one module."""

    def __init__(self, content: bytes) -> None:
        self.lines = [0]
        for line in content.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.content = content

    def edits_of(self, tree: ast.Module) -> Iterator[Edit]:
        for statement in tree.body:
            if _is_module_level_only(statement):
                yield self._without(statement)
            elif isinstance(statement, ast.AnnAssign):
                yield self._plain(statement)
        for node in ast.walk(tree):
            yield from self._edits_of_node(node)

    def _edits_of_node(self, node: ast.AST) -> Iterator[Edit]:
        if isinstance(node, ast.If) and is_type_checking(node):
            yield self._chosen(node)
        elif isinstance(node, Function):
            yield from self._signature(node)
        elif isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.AnnAssign):
                    yield self._quoted(statement.annotation)
        if isinstance(node, Function | ast.ClassDef | ast.Module):
            yield from self._docstring(node)

    def _chosen(self, node: ast.If) -> Edit:
        """Keep the `else` of `if TYPE_CHECKING:` where it stands, as `if True:`."""
        if not node.orelse:
            return self._without(node, b"pass")
        # The whole line of the first statement stays, decorators and indentation included.
        first = min(
            [node.orelse[0].lineno]
            + [d.lineno for d in getattr(node.orelse[0], "decorator_list", ())]
        )
        return self._start(node), self.lines[first - 1], b"if True:\n"

    def _signature(self, node: Function) -> Iterator[Edit]:
        decorators = node.decorator_list
        if any(isinstance(d, ast.Name) and d.id == "overload" for d in decorators):
            first = decorators[0]
            # The offset of a decorator is that of its name: one more for the `@`.
            yield self._start(first) - 1, self._end(node), b"pass"
            return
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        every += [found for found in (arguments.vararg, arguments.kwarg) if found]
        for argument in every:
            if argument.annotation:
                yield self._start(argument) + len(argument.arg.encode()), self._end(argument), b""
        if node.returns:
            # Brackets around the annotation are not part of it.
            arrow = self.content.rindex(b"->", 0, self._start(node.returns))
            yield arrow, self.content.index(b":", self._end(node.returns)), b""

    def _docstring(self, node: Function | ast.ClassDef | ast.Module) -> Iterator[Edit]:
        if ast.get_docstring(node, clean=False) is not None:
            only = len(node.body) == 1 and not isinstance(node, ast.Module)
            yield self._without(node.body[0], b"pass" if only else b"")

    def _plain(self, statement: ast.AnnAssign) -> Edit:
        """Drop a variable's annotation; without a value, drop it as a whole."""
        if statement.value is None:
            return self._without(statement)
        equals = self.content.index(b"=", self._end(statement.annotation))
        return self._end(statement.target), equals, b" "

    def _quoted(self, annotation: ast.expr) -> Edit:
        return (
            self._start(annotation),
            self._end(annotation),
            repr(ast.unparse(annotation)).encode(),
        )

    def _without(self, node: ast.stmt, replacement: bytes = b"") -> Edit:
        return self._start(node), self._end(node), replacement

    def _start(self, node: ast.stmt | ast.expr | ast.arg) -> int:
        return self.lines[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.stmt | ast.expr | ast.arg) -> int:
        # Nodes that come from source have both.
        return self.lines[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)


def _is_module_level_only(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return (statement.module or "").split(".")[0] in {"__future__", "sparta"}
    if isinstance(statement, ast.Import):
        return statement.names[0].name.split(".")[0] == "sparta"
    if isinstance(statement, ast.Assign):
        target = statement.targets[0]
        return isinstance(target, ast.Name) and target.id in {"TYPE_CHECKING", "__all__"}
    return False
