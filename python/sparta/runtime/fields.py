"""The fields of classes that JSON objects decode to: Models, dataclasses, TypedDicts.

Each kind is told by what its own library leaves on the class, so that none has to be imported.
"""

from __future__ import annotations

import sys

from sparta.model.model import Model, fields_of
from sparta.runtime.annotation import annotations_of, evaluated, field_owner, scope_of_class

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.runtime.annotation import Scope

_TYPED_DICT_MARKS = {"Required": True, "NotRequired": False}


class ClassField:
    """One field of a class.

    Args:
        name: Its name, in Python and in JSON.
        annotation: Its type, maybe as text.
        scope: Where names in that text are looked up.
        required: Whether JSON must have it.
    """

    __slots__ = ("annotation", "name", "required", "scope")

    def __init__(self, name: str, annotation: object, scope: Scope, *, required: bool) -> None:
        self.name = name
        self.annotation = annotation
        self.scope = scope
        self.required = required


def fields_of_class(cls: type) -> tuple[Callable[..., object], list[ClassField]] | None:
    """Return what makes a value of `cls` from keywords, and its fields; None for other classes.

    Raises:
        NameError: Python 3.14 or later could not evaluate the annotations at all.
    """
    if issubclass(cls, Model):
        return cls, _fields_of_model(cls)
    if hasattr(cls, "__dataclass_fields__"):
        return cls, _fields_of_dataclass(cls)
    if issubclass(cls, dict) and hasattr(cls, "__required_keys__"):
        return dict, _fields_of_typed_dict(cls)
    return None


def foreign_conversion(cls: type) -> Callable[[object], object] | None:
    """Return what makes a `cls` of a JSON value where another library, or an Enum, does that.

    The returned callable raises ValueError, with one line of text, for a value that does not fit.
    """
    if hasattr(cls, "__pydantic_validator__"):
        return _pydantic_conversion(cls)
    if hasattr(cls, "__struct_fields__"):
        return _msgspec_conversion(cls)
    if hasattr(cls, "__members__"):
        return cls
    return None


def _fields_of_model(cls: type[Model]) -> list[ClassField]:
    fields = []
    for name in fields_of(cls):
        owner = field_owner(cls, name)
        annotation = annotations_of(owner)[name]
        scope = scope_of_class(owner)
        if not _is_class_variable(annotation, scope):
            required = not hasattr(cls, name)
            fields.append(ClassField(name, annotation, scope, required=required))
    return fields


def _fields_of_dataclass(cls: type) -> list[ClassField]:
    missing = sys.modules["dataclasses"].MISSING
    fields = []
    declared: dict[str, Any] = cls.__dict__["__dataclass_fields__"]
    for name, field in declared.items():
        if not field.init or field._field_type.name == "_FIELD_CLASSVAR":  # noqa: SLF001
            continue
        required = field.default is missing and field.default_factory is missing
        scope = scope_of_class(field_owner(cls, name))
        fields.append(ClassField(name, field.type, scope, required=required))
    return fields


def _fields_of_typed_dict(cls: type) -> list[ClassField]:
    required_keys: frozenset[str] = cls.__dict__["__required_keys__"]
    scope = scope_of_class(cls)
    fields = []
    for name, annotation in annotations_of(cls).items():
        required = name in required_keys
        try:
            meaning = evaluated(annotation, scope)
        except Exception:  # noqa: BLE001 - the reader of the annotation reports it
            meaning = annotation
        # Where annotations are text, `__required_keys__` has not seen Required and NotRequired.
        mark = getattr(getattr(meaning, "__origin__", None), "_name", "")
        if mark in _TYPED_DICT_MARKS:
            required = _TYPED_DICT_MARKS[mark]
            meaning = meaning.__args__[0]
        fields.append(ClassField(name, meaning, scope, required=required))
    return fields


def _is_class_variable(annotation: object, scope: Scope) -> bool:
    try:
        meaning = evaluated(annotation, scope)
    except Exception:  # noqa: BLE001 - the reader of the annotation reports it
        return False
    form = getattr(meaning, "__origin__", meaning)
    return getattr(form, "_name", "") == "ClassVar"


def _pydantic_conversion(cls: type) -> Callable[[object], object]:
    def convert(value: object) -> object:
        validator: Any = cls.__dict__["__pydantic_validator__"]
        try:
            return validator.validate_python(value)
        except ValueError as error:
            raise ValueError(_pydantic_text(error)) from None

    return convert


def _pydantic_text(error: Any) -> str:  # noqa: ANN401 - pydantic's ValidationError
    if not hasattr(error, "errors"):
        return str(error)
    texts = []
    for found in error.errors():
        place = ".".join(str(step) for step in found["loc"])
        texts.append(f"{place}: {found['msg']}" if place else str(found["msg"]))
    return "; ".join(texts)


def _msgspec_conversion(cls: type) -> Callable[[object], object]:
    def convert(value: object) -> object:
        msgspec: Any = sys.modules["msgspec"]
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from None

    return convert
