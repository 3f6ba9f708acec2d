"""Whether evaluating an expression has no effect, and what is known of its value.

An expression that is not provably without effect raises `Effect`, with the reason for the report.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sparta.package.slice.known import (
    NOT_SUBSCRIPTED,
    OWNERS,
    OWNERS_WITHOUT_STATE,
    PURE_DECORATORS,
    STANDARD,
    SUBSCRIPTED,
    THIRD_PARTY,
    is_pure_call,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sparta.package.slice.origins import Origins

Kind = Literal["named", "made", "plain", "fresh", "unknown"]
_LENIENT = (
    *("sparta.", "troposphere.", "typing.", "functools.", "dataclasses.", "pydantic.", "boto3."),
    *("botocore.", "types.", "contextlib."),
)
"""What only stores its arguments: anything may be passed."""


class Effect(Exception):  # noqa: N818 - what it is, more than that it is an error
    """Something that may have an effect; its text says what."""


@dataclass(frozen=True)
class Value:
    """What is known of a value.

    Args:
        kind: "named" by its full name in its module; "made" by calling `name`; "plain", immutable
            and of a builtin type; "fresh", a list or the like of such; "unknown".
        name: Of what it is, or of what made it.
    """

    kind: Kind
    name: str = ""


PLAIN = Value("plain")
FRESH = Value("fresh")
UNKNOWN = Value("unknown")
OWN = "own:"
"""Stands before the names of the application's own modules, which may be called as any other."""


class Purity:
    """Evaluates the expressions of one module, without running them.

    Args:
        origins: What the module's names mean.
        is_pure_module: Says of a module of the application, by its full name, whether importing it
            has no effect; None for one that is not the application's.
        shadowed: Names that mean something else here, as within a class.
    """

    def __init__(
        self,
        origins: Origins,
        is_pure_module: Callable[[str], bool | None],
        shadowed: frozenset[str] = frozenset(),
    ) -> None:
        self.origins = origins
        self.is_pure_module = is_pure_module
        self.shadowed = shadowed
        self.changed: set[str] = set()
        """Names whose values the expressions change by calling their methods."""
        self._following: set[str] = set()

    def within(self, names: Iterable[str]) -> Purity:
        """Return the same for a class that binds `names`."""
        inner = Purity(self.origins, self.is_pure_module, self.shadowed | set(names))
        inner.changed = self.changed
        return inner

    def of(self, node: ast.expr) -> Value:
        """Return what is known of the value of `node`.

        Raises:
            Effect: Evaluating it may have one.
        """
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise Effect(f"{type(node).__name__} in it runs code that is not analysed")
        found: Value = method(node)
        return found

    def all(self, nodes: Iterable[ast.expr | None]) -> list[Value]:
        """Return what is known of each value."""
        return [self.of(node) for node in nodes if node is not None]

    def is_decorator(self, value: Value) -> bool:
        """Say whether decorating with `value` has no effect."""
        return value.kind in ("named", "made") and value.name in PURE_DECORATORS

    def _constant(self, _: ast.Constant) -> Value:
        return PLAIN

    def _name(self, node: ast.Name) -> Value:
        name = node.id
        if name in self.shadowed:
            return UNKNOWN
        if self.origins.is_module_name(name):
            return PLAIN
        if not self.origins.is_settled(name):
            raise Effect(f"{name} is bound in several places")
        origin = self.origins.of(name)
        if origin is not None:
            own = self._own_module(origin)
            return Value("named", f"{OWN}{origin}" if own else origin)
        value = self.origins.assigned(name)
        if value is None or name in self._following:
            return UNKNOWN
        self._following.add(name)
        changed = set(self.changed)
        try:
            found = self.of(value)
        except Effect:
            return UNKNOWN
        finally:
            self._following.discard(name)
            self.changed &= changed
        # A list that has a name may have been changed since.
        return UNKNOWN if found.kind == "fresh" else found

    def _attribute(self, node: ast.Attribute) -> Value:
        value = self.of(node.value)
        if value.kind == "named" and self._is_readable(value.name):
            return Value("named", f"{value.name}.{node.attr}")
        if value.kind == "made" and value.name.startswith((*OWNERS, "pathlib.")):
            return value
        in_class = isinstance(node.value, ast.Name) and node.value.id in self.shadowed
        if in_class and node.attr in ("setter", "getter", "deleter"):
            return Value("named", "builtins.property")
        raise Effect(f"reading {ast.unparse(node)} may run code")

    def _is_readable(self, dotted: str) -> bool:
        """Say whether attributes of this module, or of something in it, are read without effect."""
        if dotted.startswith(OWN):
            own = self._own_module(dotted.removeprefix(OWN))
            return bool(own) and self.is_pure_module(own) is True
        return dotted.split(".", maxsplit=1)[0] in STANDARD | THIRD_PARTY

    def _own_module(self, dotted: str) -> str:
        """Return the module of the application that `dotted` is, or is in; "" if there is none."""
        parts = dotted.split(".")
        names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((name for name in names if self.is_pure_module(name) is not None), "")

    def _call(self, node: ast.Call) -> Value:
        arguments = self.all([*node.args, *(keyword.value for keyword in node.keywords)])
        if any(keyword.arg is None for keyword in node.keywords):
            raise Effect("** in it reads a mapping")
        callee = node.func
        if isinstance(callee, ast.Attribute) and not self._names_something(callee):
            return self._method(callee, arguments)
        value = self.of(callee)
        name = value.name
        if value.kind == "named" and (is_pure_call(name) or name in PURE_DECORATORS):
            if name.startswith(_LENIENT) or all(
                argument.kind in ("plain", "fresh", "named") for argument in arguments
            ):
                return Value("made", name)
            raise Effect(f"{name} may run code of its arguments")
        raise Effect(f"calling {ast.unparse(callee)} may have effects")

    def _names_something(self, callee: ast.Attribute) -> bool:
        try:
            return self.of(callee).kind == "named"
        except Effect:
            return False

    def _method(self, callee: ast.Attribute, arguments: list[Value]) -> Value:
        """Evaluate the call of a method of a value."""
        value = self.of(callee.value)
        if value.kind == "plain" and all(argument.kind == "plain" for argument in arguments):
            return FRESH
        if value.kind != "made" or not value.name.startswith(OWNERS):
            raise Effect(f"calling {ast.unparse(callee)} may have effects")
        if value.name.startswith("boto3."):
            # A session makes clients, a resource makes others: no request is sent for that.
            makes = value.name.endswith("Session") and callee.attr in ("client", "resource")
            if makes:
                return Value("made", f"boto3.{callee.attr}")
            if value.name != "boto3.resource" or not callee.attr[0].isupper():
                raise Effect(f"calling {ast.unparse(callee)} may send a request")
        owner = _first_part(callee.value)
        if self._is_new(owner) or value.name.startswith(OWNERS_WITHOUT_STATE):
            return value
        if not isinstance(owner, ast.Name) or not self._is_new(
            _first_part(self.origins.assigned(owner.id))
        ):
            raise Effect(f"calling {ast.unparse(callee)} may change what has another name too")
        self.changed.add(owner.id)
        return value

    def _is_new(self, first: ast.expr | None) -> bool:
        """Say whether a chain of calls begins with a constructor: nothing else knows its value."""
        return isinstance(first, ast.Name) and self.of(first).kind == "named"

    def _subscript(self, node: ast.Subscript) -> Value:
        value, _ = self.of(node.value), self.of(node.slice)
        if value.kind != "named" or not value.name.startswith(SUBSCRIPTED):
            raise Effect(f"reading {ast.unparse(node)} may fail or run code")
        if value.name in NOT_SUBSCRIPTED:
            raise Effect(f"reading {ast.unparse(node)} may run code")
        return value

    def _binop(self, node: ast.BinOp) -> Value:
        left, right = self.of(node.left), self.of(node.right)
        if left.kind == right.kind == "plain":
            return PLAIN
        if isinstance(node.op, ast.BitOr) and {left.kind, right.kind} <= {"named", "plain"}:
            return Value("unknown")  # a union of types
        if isinstance(node.op, ast.Div) and left.name.startswith("pathlib.") and right == PLAIN:
            return left
        raise Effect(f"{ast.unparse(node)} may run code of its operands")

    def _boolop(self, node: ast.BoolOp) -> Value:
        return self._all_plain(node, node.values)

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        return self._all_plain(node, [node.operand])

    def _compare(self, node: ast.Compare) -> Value:
        return self._all_plain(node, [node.left, *node.comparators])

    def _ifexp(self, node: ast.IfExp) -> Value:
        return self._all_plain(node, [node.test, node.body, node.orelse])

    def _all_plain(self, node: ast.expr, parts: list[ast.expr]) -> Value:
        if all(value.kind == "plain" for value in self.all(parts)):
            return PLAIN
        raise Effect(f"{ast.unparse(node)} may run code of its operands")

    def _joinedstr(self, node: ast.JoinedStr) -> Value:
        for part in node.values:
            value = self.of(part.value if isinstance(part, ast.FormattedValue) else part)
            if isinstance(part, ast.FormattedValue) and part.format_spec is not None:
                self.of(part.format_spec)
            if value.kind != "plain" and not value.name.startswith("sparta.aws."):
                raise Effect(f"{ast.unparse(node)} may run code of its parts")
        return PLAIN

    def _lambda(self, node: ast.Lambda) -> Value:
        self.all([*node.args.defaults, *node.args.kw_defaults])
        return UNKNOWN

    def _tuple(self, node: ast.Tuple) -> Value:
        values = self.all(node.elts)
        return PLAIN if all(value.kind == "plain" for value in values) else UNKNOWN

    def _list(self, node: ast.List) -> Value:
        values = self.all(node.elts)
        return FRESH if all(value.kind == "plain" for value in values) else UNKNOWN

    def _set(self, node: ast.Set) -> Value:
        self._all_plain(node, node.elts)
        return FRESH

    def _dict(self, node: ast.Dict) -> Value:
        if None in node.keys:
            raise Effect("** in it reads a mapping")
        self._all_plain(node, [key for key in node.keys if key is not None])
        values = self.all(node.values)
        return FRESH if all(value.kind == "plain" for value in values) else UNKNOWN


def _first_part(node: ast.expr | None) -> ast.expr | None:
    """Return what a chain of attributes and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node
