"""Schemas: what a type annotation asks of a JSON value, as plain tuples.

Both decoders read them: `sparta.runtime.decode` and the native core.

    ("any",) ("str",) ("int",) ("float",) ("bool",) ("none",) ("bytes",) ("text",)
    ("list", item) ("tuple", item) ("dict", value) ("optional", inner) ("union", (inner, ...))
    ("literal", (value, ...))
    ("object", make, ((name, schema, required), ...))   make(**fields)
    ("ref", make)                                       the enclosing object of that `make`
    ("foreign", convert)                                convert(value) raises ValueError
"""

from __future__ import annotations

import sys

from sparta.errors import DeclarationError, Problem
from sparta.runtime.annotation import annotation_text, evaluated
from sparta.runtime.fields import fields_of_class, foreign_conversion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.runtime.annotation import Scope

    Schema = tuple[Any, ...]

_NONE_TYPE = type(None)
_UNION_TYPE = type(int | str)
_LITERAL_TYPES = (str, int, bool, _NONE_TYPE)
_ANY = ("any",)
_PLAIN = (
    (str, ("str",)),
    (int, ("int",)),
    (float, ("float",)),
    (bool, ("bool",)),
    (None, ("none",)),
    (_NONE_TYPE, ("none",)),
    (object, _ANY),
    (list, ("list", _ANY)),
    (tuple, ("tuple", _ANY)),
    (dict, ("dict", _ANY)),
)
_ARRAYS = {"list": "list", "Sequence": "list", "Iterable": "list", "tuple": "tuple"}
_STANDS_FOR = {"NewType": "__supertype__", "TypeAliasType": "__value__", "InitVar": "type"}
"""Forms that are another name for a type, and the attribute that holds it."""
_OBJECTS = ("dict", "Mapping")
_DECODABLE = (
    "use str, int, float, bool, None, Literal, list, dict[str, ...], tuple[..., ...], Any, "
    "a Model, a dataclass, a TypedDict, an Enum, or a msgspec or pydantic class"
)


def schema_of(annotation: Any, *, where: str = "", scope: Scope | None = None) -> Schema:  # noqa: ANN401
    """Return the schema of a type annotation.

    Args:
        annotation: The type, or its text.
        where: What a problem with the annotation itself names as its place.
        scope: Where names in text are looked up.

    Raises:
        DeclarationError: Something in it cannot be decoded from JSON; all problems at once.
    """
    reading = SchemaReading()
    schema = reading.schema(annotation, scope or ({}, {}), where, root=True)
    if reading.problems:
        raise DeclarationError.of(reading.problems)
    return schema


def is_union(annotation: object) -> bool:
    """Say whether an annotation is `X | Y` or `Union[X, Y]`."""
    typing = sys.modules.get("typing")
    origin = getattr(annotation, "__origin__", None)
    of_typing = typing is not None and origin is typing.Union
    return of_typing or type(annotation) is _UNION_TYPE


class SchemaReading:
    """One reading of an annotation, down to the fields of fields."""

    __slots__ = ("enclosing", "problems")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.enclosing: tuple[type, ...] = ()

    def schema(self, annotation: Any, scope: Scope, where: str, *, root: bool = False) -> Schema:  # noqa: ANN401
        """Return the schema of `annotation`, `("any",)` where it has a problem."""
        try:
            annotation = evaluated(annotation, scope)
        except Exception as error:  # noqa: BLE001 - the text is the user's, and so is what it raises
            return self._unreadable(annotation, error, where)
        for plain, schema in _PLAIN:
            if annotation is plain:
                return schema
        typing = sys.modules.get("typing")
        if typing is not None and annotation is typing.Any:
            return _ANY
        if root and annotation is bytes:
            return ("bytes",)
        if isinstance(annotation, type) and not hasattr(annotation, "__origin__"):
            return self._of_class(annotation, where)
        return self._of_form(annotation, scope, where, root=root)

    def _of_class(self, cls: type, where: str) -> Schema:
        convert = foreign_conversion(cls)
        if convert is not None:
            return ("foreign", convert)
        if cls in self.enclosing:
            return self._of_recursion(cls, where)
        try:
            found = fields_of_class(cls)
        except NameError as error:
            return self._unreadable(cls, error, where)
        if found is None:
            return self._undecodable(cls, where)
        make, fields = found
        before = self.enclosing
        self.enclosing = (*before, cls)
        schemas = tuple(
            (
                field.name,
                self.schema(field.annotation, field.scope, f"{cls.__qualname__}.{field.name}"),
                field.required,
            )
            for field in fields
        )
        self.enclosing = before
        return ("object", make, schemas)

    def _of_recursion(self, cls: type, where: str) -> Schema:
        if not issubclass(cls, dict):
            return ("ref", cls)
        # Every TypedDict is made by `dict`: nothing would tell which one is meant.
        text = f"the TypedDict {cls.__qualname__} refers to itself"
        fix = "declare it as a Model or a dataclass"
        self.problems.append(Problem(text, where=where, fix=fix))
        return _ANY

    def _of_form(self, form: Any, scope: Scope, where: str, *, root: bool) -> Schema:  # noqa: ANN401
        """Return the schema of what is no class: a subscription, a union, a name for a type."""
        typing = sys.modules.get("typing")
        meaning = _STANDS_FOR.get(type(form).__name__)
        if meaning:
            return self.schema(getattr(form, meaning), scope, where, root=root)
        origin = getattr(form, "__origin__", None)
        if hasattr(form, "__metadata__"):  # Annotated
            return self.schema(origin, scope, where, root=root)
        args: tuple[Any, ...] = getattr(form, "__args__", ())
        if is_union(form):
            return self._of_union(args, scope, where, root=root)
        if typing is not None and origin is typing.Literal:
            return self._of_literal(form, args, where)
        return self._of_container(form, origin, args, scope, where)

    def _of_union(self, args: tuple[Any, ...], scope: Scope, where: str, *, root: bool) -> Schema:
        members = [arg for arg in args if arg is not _NONE_TYPE and arg is not None]
        only = root and len(members) == 1
        schemas = tuple(self.schema(member, scope, where, root=only) for member in members)
        if _ANY in schemas:
            return _ANY
        union = schemas[0] if len(schemas) == 1 else ("union", schemas)
        return ("optional", union) if len(members) < len(args) else union

    def _of_literal(self, form: object, values: tuple[Any, ...], where: str) -> Schema:
        if all(type(value) in _LITERAL_TYPES for value in values):
            return ("literal", values)
        return self._undecodable(form, where)

    def _of_container(
        self,
        form: object,
        origin: object,
        args: tuple[Any, ...],
        scope: Scope,
        where: str,
    ) -> Schema:
        name = getattr(origin, "__name__", "")
        if getattr(origin, "__module__", "") not in ("builtins", "collections.abc"):
            return self._undecodable(form, where)
        if name in _OBJECTS and (not args or args[0] in (str, "str")):
            return ("dict", self.schema(args[1], scope, where) if args else _ANY)
        if name in _ARRAYS and (name != "tuple" or not args or args[1:] == (...,)):
            return (_ARRAYS[name], self.schema(args[0], scope, where) if args else _ANY)
        return self._undecodable(form, where)

    def _undecodable(self, annotation: object, where: str) -> Schema:
        text = f"{annotation_text(annotation)} cannot be decoded from JSON"
        self.problems.append(Problem(text, where=where, fix=_DECODABLE))
        return _ANY

    def _unreadable(self, annotation: object, error: Exception, where: str) -> Schema:
        self.problems.append(
            Problem(
                f"the annotation {annotation_text(annotation)!r} cannot be evaluated: {error}",
                where=where,
                fix="import what it names outside of `if TYPE_CHECKING:`",
            )
        )
        return _ANY
