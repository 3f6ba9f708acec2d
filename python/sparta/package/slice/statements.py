"""Whether a statement of the top level only binds names, and what else is changed by it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.package.slice.cut import kept_lines, lines_of, shares_lines
from sparta.package.slice.definitions import (
    check_body_statement,
    check_class,
    check_function,
    check_targets,
)
from sparta.package.slice.known import STANDARD, THIRD_PARTY
from sparta.package.slice.origins import source_of
from sparta.package.slice.purity import Effect, Purity
from sparta.package.slice.unit import ALL, is_main_guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sparta.package.slice.origins import Origins
    from sparta.package.slice.unit import Unit


@dataclass(frozen=True)
class Verdict:
    """What is known of one statement.

    Args:
        effect: Why it has to stay, whether it is read or not; "" for a statement that is pure.
        changes: Names whose values it changes: it stays if one of them does.
    """

    effect: str
    changes: frozenset[str] = frozenset()


class Statements:
    """Judges the statements of one module.

    Args:
        origins: What the module's names mean.
        is_pure_module: As in `Purity`.
        annotated: Whether annotations are evaluated where they stand.
    """

    def __init__(
        self,
        origins: Origins,
        is_pure_module: Callable[[str], bool | None],
        *,
        annotated: bool,
    ) -> None:
        self.origins = origins
        self.is_pure_module = is_pure_module
        self.annotated = annotated

    def verdicts(self, units: Iterable[Unit], content: bytes) -> dict[Unit, Verdict]:
        """Return what is known of each statement.

        Args:
            units: All statements of the module.
            content: The module's source.
        """
        marked = kept_lines(content)
        lines = lines_of(content)
        found: dict[Unit, Verdict] = {}
        for unit in units:
            if not marked.isdisjoint(range(unit.first_line, unit.last_line + 1)):
                found[unit] = Verdict("it is marked `# sparta: keep`")
            elif shares_lines(unit, lines):
                found[unit] = Verdict("it shares its lines with other code")
            else:
                found[unit] = self._verdict(unit)
        return found

    def _verdict(self, unit: Unit) -> Verdict:
        purity = Purity(self.origins, self.is_pure_module)
        try:
            self._check(unit, purity)
        except Effect as effect:
            return Verdict(str(effect))
        except RecursionError:
            return Verdict("it is nested too deeply")
        return Verdict("", frozenset(purity.changed))

    def _check(self, unit: Unit, purity: Purity) -> None:
        node = unit.node
        match node:
            case ast.Import() | ast.ImportFrom():
                self._check_import(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                check_function(node, purity, annotated=self.annotated)
            case ast.ClassDef():
                check_class(node, purity, annotated=self.annotated)
            case ast.Assign() | ast.AnnAssign():
                check_body_statement(node, purity, annotated=self.annotated)
            case ast.Expr(value=ast.Call() as call):
                self._check_call(call, purity)
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Delete():
                check_targets(node.targets)
            case _ if type(node).__name__ == "TypeAlias" or is_main_guard(node):
                pass  # a type alias is evaluated when it is asked for, and the guard never holds
            case _:
                raise Effect(f"{_called(node)} stays whole")

    def _check_call(self, node: ast.Call, purity: Purity) -> None:
        value = purity.of(node)
        if not purity.changed and value.name != "sparta.main":
            raise Effect("a call whose result is dropped is there for an effect")

    def _check_import(self, node: ast.Import | ast.ImportFrom) -> None:
        if any(alias.name == ALL for alias in node.names):
            raise Effect("a star import binds nobody knows what")
        for module in imported_modules(node, self.origins.package):
            if module == "__future__":
                raise Effect("it says how the file is compiled")
            known = module.split(".")[0] in STANDARD | THIRD_PARTY
            if self._is_own(module) is None and not known:
                raise Effect(f"importing {module} may have effects")
        for module in perhaps_imported(node, self.origins.package):
            self._is_own(module)

    def _is_own(self, module: str) -> bool | None:
        """Say whether a module is the application's own, which then has no effects."""
        own = self.is_pure_module(module)
        if own is False:
            raise Effect(f"importing {module}, the application's own, may have effects")
        return own


def imported_modules(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[str]:
    """Yield the full names of all modules that a statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    else:
        yield source_of(node, package)


def perhaps_imported(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[str]:
    """Yield what `from a import b` imports too where b is a module of the package a."""
    if isinstance(node, ast.ImportFrom):
        source = source_of(node, package)
        yield from (f"{source}.{alias.name}".lstrip(".") for alias in node.names)


def _called(node: ast.stmt) -> str:
    names = {"Expr": "an expression", "AugAssign": "a change of a value"}
    name = type(node).__name__
    return names.get(name, f"the statement `{name.lower()}`")
