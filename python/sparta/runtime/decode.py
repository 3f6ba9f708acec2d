"""Typed decoding in Python: a JSON value and a schema give a checked value, or every problem.

The native core decodes by the same schemas, with the same results and texts.
"""

from __future__ import annotations

from sparta.errors import EventError, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.runtime.schema import Schema

PROBLEM_LIMIT = 100
"""Problems kept of one value: a bad array of a million items must not become a report of them."""
DEPTH_LIMIT = 200
"""Schemas within schemas of one value; each takes three of the thousand frames Python has."""

_WORDS = {
    str: "str",
    int: "int",
    float: "float",
    bool: "bool",
    type(None): "null",
    dict: "object",
    list: "array",
}
_SCALARS = {"str": str, "int": int, "bool": bool, "none": type(None), "text": str, "bytes": bytes}
_EXPECTED = {
    "none": "null",
    "text": "str",
    "list": "array",
    "tuple": "array",
    "dict": "object",
    "ref": "object",
}


def decode(schema: Schema, value: object, path: str) -> Any:  # noqa: ANN401 - what the schema says
    """Return `value` as the schema wants it.

    Args:
        schema: See `sparta.runtime.schema`.
        value: Decoded JSON.
        path: What problems call the value, such as `body`.

    Raises:
        EventError: It does not fit; all problems at once, each with the path of its place.
    """
    decoding = Decoding()
    try:
        result = decoding.decoded(schema, value, path)
    except RecursionError:
        raise EventError("nested too deeply", where=path) from None
    if decoding.problems:
        raise EventError.of(decoding.problems)
    return result


class Decoding:
    """One value on its way: the problems found so far, and the classes a "ref" may mean."""

    __slots__ = ("depth", "objects", "problems")

    def __init__(self) -> None:
        self.depth = 0
        self.problems: list[Problem] = []
        self.objects: dict[object, Schema] = {}

    def decoded(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        """Return `value` by `schema`; None, and a problem noted, where it does not fit."""
        kind = schema[0]
        if kind == "any":
            return value
        if kind in _SCALARS:
            return value if type(value) is _SCALARS[kind] else self._mismatch(schema, value, path)
        if self.depth == DEPTH_LIMIT:
            raise RecursionError
        self.depth += 1
        result = getattr(self, f"_{kind}")(schema, value, path)
        self.depth -= 1
        return result

    def _float(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        if type(value) is float:
            return value
        if type(value) is int:
            try:
                return float(value)
            except OverflowError:
                pass
        return self._mismatch(schema, value, path)

    def _list(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        if type(value) is not list:
            return self._mismatch(schema, value, path)
        item = schema[1]
        return [self.decoded(item, each, f"{path}[{index}]") for index, each in enumerate(value)]

    def _tuple(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        items = self._list(schema, value, path)
        return None if items is None else tuple(items)

    def _dict(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        if type(value) is not dict:
            return self._mismatch(schema, value, path)
        item = schema[1]
        return {key: self.decoded(item, each, f"{path}.{key}") for key, each in value.items()}

    def _optional(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        return None if value is None else self.decoded(schema[1], value, path)

    def _union(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        word = word_of(value)
        nearest: list[Problem] | None = None
        kept = self.problems
        for member in schema[1]:
            self.problems = []
            result = self.decoded(member, value, path)
            found, self.problems = self.problems, kept
            if not found:
                return result
            # What a foreign library takes is not known: its own words are better than a guess.
            if nearest is None and (member[0] == "foreign" or word in expected_words(member)):
                nearest = found
        if nearest is None:
            return self._mismatch(schema, value, path)
        for problem in nearest:
            self._note(problem)
        return None

    def _literal(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        for allowed in schema[1]:
            if type(allowed) is type(value) and allowed == value:
                return allowed
        texts = ", ".join(literal_text(allowed) for allowed in schema[1])
        return self._note(Problem(f"expected one of {texts}", where=path))

    def _object(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        if type(value) is not dict:
            return self._mismatch(schema, value, path)
        _, make, fields = schema
        self.objects[make] = schema
        before = len(self.problems)
        values = {}
        for name, inner, required in fields:
            if name in value:
                values[name] = self.decoded(inner, value[name], f"{path}.{name}")
            elif required:
                self._note(Problem("missing", where=f"{path}.{name}"))
        if len(self.problems) > before or before >= PROBLEM_LIMIT:
            return None
        try:
            return make(**values)
        except ValueError as error:
            return self._note(Problem(str(error), where=path))

    def _ref(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        return self._object(self.objects[schema[1]], value, path)

    def _foreign(self, schema: Schema, value: Any, path: str) -> Any:  # noqa: ANN401
        try:
            return schema[1](value)
        except ValueError as error:
            return self._note(Problem(str(error), where=path))

    def _mismatch(self, schema: Schema, value: object, path: str) -> None:
        words = " or ".join(dict.fromkeys(expected_words(schema)))
        self._note(Problem(f"expected {words}, got {word_of(value)}", where=path))

    def _note(self, problem: Problem) -> None:
        if len(self.problems) < PROBLEM_LIMIT:
            self.problems.append(problem)


def word_of(value: object) -> str:
    """Return what JSON value `value` is, as messages call it."""
    return _WORDS.get(type(value), type(value).__name__)


def expected_words(schema: Schema) -> list[str]:
    """Return the words for what `schema` takes; none for one that a foreign library reads."""
    kind: str = schema[0]
    if kind == "optional":
        return expected_words(schema[1])
    if kind == "union":
        return [word for member in schema[1] for word in expected_words(member)]
    if kind == "literal":
        return [word_of(value) for value in schema[1]]
    return [] if kind in ("foreign", "any") else [_EXPECTED.get(kind, kind)]


def literal_text(value: object) -> str:
    """Return an allowed value as JSON writes it."""
    if type(value) is str:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    for constant, text in ((None, "null"), (True, "true"), (False, "false")):
        if value is constant:
            return text
    return str(value)
