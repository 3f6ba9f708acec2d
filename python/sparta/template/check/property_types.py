"""Whether a value is of the type that a stub gives a property."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sparta.template.check.stubs import shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.template.check.stubs import Field

Found = tuple[str, str, str]
"""Where it is within the properties, what is wrong, and the way out."""
_SCALARS = {"str": "a text", "Integer": "an integer", "Number": "a number", "Boolean": "a boolean"}
_ALLOWED_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Types:
    """The types of one service's stub.

    Args:
        module: The stub's name.
    """

    module: str

    def of_fields(
        self, fields: Mapping[str, Field], given: Mapping[str, Any], path: str
    ) -> Iterator[Found]:
        """Yield what is wrong with an object of named properties."""
        if any(name.startswith("Fn::") for name in given):
            return
        for name in sorted(fields):
            if fields[name].required and name not in given:
                yield path, f"{name} is missing", "give it: AWS requires it"
        for name, value in given.items():
            place = f"{path}.{name}" if path else name
            if name in fields:
                yield from self.of_value(fields[name].type, value, place)
            else:
                close = get_close_matches(name, fields, n=1)
                known = f"it has {', '.join(sorted(fields))}"
                yield path, f"{name!r} is unknown", f"did you mean {close[0]}?" if close else known

    def of_value(self, kind: ast.expr, value: Any, path: str) -> Iterator[Found]:  # noqa: ANN401
        """Yield what is wrong with one value; nothing where one member of its type takes it."""
        if _is_function(value):
            return
        nearest: list[Found] = []
        for member in _members(kind):
            found = self._of_member(member, value, path)
            if found is None:
                continue
            problems = list(found)
            if not problems:
                return
            nearest = nearest or problems
        yield from nearest or [(path, f"{_named(value)} is not {_wanted(kind)}", "")]

    def _of_member(self, kind: ast.expr, value: Any, path: str) -> Iterator[Found] | None:  # noqa: ANN401
        """Return what is wrong with a value as one member of a union; None if it is another."""
        if isinstance(kind, ast.Subscript):
            return self._of_subscript(kind, value, path)
        name = kind.id if isinstance(kind, ast.Name) else "None"
        if name == "Any" or (name == "Json" and isinstance(value, dict)):
            return iter(())
        if name == "Strings" and isinstance(value, list):
            return self._of_items(ast.Name("str"), value, path)
        if name in _SCALARS:
            return iter(()) if _is_scalar(name, value) else None
        fields = shape(self.module, name) if isinstance(value, dict) else None
        return None if fields is None else self.of_fields(fields, value, path)

    def _of_subscript(self, kind: ast.Subscript, value: Any, path: str) -> Iterator[Found] | None:  # noqa: ANN401
        name = ast.unparse(kind.value)
        if name == "Literal" and isinstance(value, (str, int)):
            return _of_literal(kind.slice, value, path)
        if name == "Sequence" and isinstance(value, list):
            return self._of_items(kind.slice, value, path)
        if name == "Mapping" and isinstance(value, dict) and isinstance(kind.slice, ast.Tuple):
            item = kind.slice.elts[1]
            return (
                found
                for key, one in value.items()
                for found in self.of_value(item, one, f"{path}.{key}")
            )
        return None

    def _of_items(self, kind: ast.expr, value: list[Any], path: str) -> Iterator[Found]:
        for number, item in enumerate(value):
            yield from self.of_value(kind, item, f"{path}[{number}]")


def _of_literal(choice: ast.expr, value: str | int, path: str) -> Iterator[Found]:
    allowed = [node.value for node in ast.walk(choice) if isinstance(node, ast.Constant)]
    if value in allowed or str(value) in map(str, allowed):
        return
    close = get_close_matches(str(value), map(str, allowed), n=1)
    shown = ", ".join(map(str, allowed[:_ALLOWED_SHOWN]))
    more = ", ..." if len(allowed) > _ALLOWED_SHOWN else ""
    way = f"did you mean {close[0]!r}? " if close else ""
    yield path, f"{value!r} is not allowed", f"{way}it takes {shown}{more}"


def _members(kind: ast.expr) -> Iterator[ast.expr]:
    if isinstance(kind, ast.BinOp):
        yield from _members(kind.left)
        yield from _members(kind.right)
    elif not (isinstance(kind, ast.Name) and kind.id == "Token"):
        yield kind


def _is_function(value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether CloudFormation works the value out."""
    return (
        isinstance(value, dict)
        and len(value) == 1
        and next(iter(value)).startswith(("Ref", "Fn::"))
    )


def _is_scalar(name: str, value: Any) -> bool:  # noqa: ANN401 - any JSON
    """Whether CloudFormation takes the value, which turns scalars into each other as it can."""
    if not isinstance(value, (str, int, float)):
        return False
    text = str(value).lower()
    if name == "Boolean":
        return text in {"true", "false"}
    if name == "str":
        return True
    if isinstance(value, bool):
        return False
    try:
        number = float(text)
    except ValueError:
        return False
    return name == "Number" or number.is_integer()


def _named(value: Any) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else repr(value)


def _wanted(kind: ast.expr) -> str:
    words = [_word(member) for member in _members(kind)]
    return " or ".join(dict.fromkeys(words))


def _word(kind: ast.expr) -> str:
    text = ast.unparse(kind)
    if text in _SCALARS:
        return _SCALARS[text]
    if text.startswith("Literal"):
        choice = kind.slice if isinstance(kind, ast.Subscript) else kind
        return f"one of {ast.unparse(choice).strip('()')}"
    return "a list" if text.startswith(("Strings", "Sequence")) else "an object"
