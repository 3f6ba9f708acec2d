"""The attributes that a provider's `create` returns, read from its annotation."""

from __future__ import annotations

from sparta.runtime.annotation import annotations_of, evaluated, scope_of_function
from sparta.runtime.fields import fields_of_class
from sparta.runtime.signature import signature_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.runtime.fields import ClassField


def attribute_fields(create: Callable[..., object]) -> list[ClassField]:
    """Return the fields of the class that `create` is annotated to return; none for others."""
    function = signature_of(create).function
    annotation = annotations_of(function).get("return") if function is not None else None
    if function is None or annotation is None:
        return []
    meaning = evaluated(annotation, scope_of_function(function))
    found = fields_of_class(meaning) if isinstance(meaning, type) else None
    return found[1] if found else []


def attribute_names(create: Callable[..., object]) -> tuple[str, ...]:
    """Return the names of those fields."""
    return tuple(field.name for field in attribute_fields(create))
