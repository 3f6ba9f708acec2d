"""Properties of custom resources as they were declared: CloudFormation sends numbers as text.

Text becomes a number or a truth value where the schema wants one, and only there; what does not
read as one is left to the decoder, which says so.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.runtime.schema import Schema

_TRUTH = {"true": True, "false": False}


def from_texts(schema: Schema, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return `value` with texts replaced by what `schema` wants in their place.

    A field that may be None and is not there is None: templates have no null.

    Args:
        schema: See `sparta.runtime.schema`.
        value: The properties, or a part of them.
    """
    return _typed(schema, value, {})


def _typed(schema: Schema, value: Any, objects: dict[object, Schema]) -> Any:  # noqa: ANN401
    kind = schema[0]
    if kind == "optional":
        return _typed(schema[1], value, objects)
    if kind == "union":
        return _first_that_fits(schema, value, objects)
    if type(value) is str:
        return _value_of_text(schema, value)
    return _typed_members(schema, value, objects)


def _typed_members(schema: Schema, value: Any, objects: dict[object, Schema]) -> Any:  # noqa: ANN401
    kind = schema[0]
    if kind in ("list", "tuple") and type(value) is list:
        return [_typed(schema[1], item, objects) for item in value]
    if kind == "dict" and type(value) is dict:
        return {key: _typed(schema[1], item, objects) for key, item in value.items()}
    if kind == "ref":
        schema = objects[schema[1]]
    if schema[0] == "object" and type(value) is dict:
        objects[schema[1]] = schema
        return _typed_fields(schema, value, objects)
    return value


def _typed_fields(schema: Schema, value: dict[str, Any], objects: dict[object, Schema]) -> Any:  # noqa: ANN401
    typed = dict(value)
    for name, inner, required in schema[2]:
        if name in value:
            typed[name] = _typed(inner, value[name], objects)
        elif required and inner[0] == "optional":
            typed[name] = None
    return typed


def _value_of_text(schema: Schema, text: str) -> Any:  # noqa: ANN401 - what the schema wants
    kind = schema[0]
    if kind == "bool":
        return _TRUTH.get(text, text)
    if kind in ("int", "float"):
        try:
            return int(text) if kind == "int" else float(text)
        except ValueError:
            return text
    if kind == "literal" and text not in schema[1]:
        texts = {_property_text(allowed): allowed for allowed in schema[1]}
        return texts.get(text, text)
    return text


def _first_that_fits(schema: Schema, value: Any, objects: dict[object, Schema]) -> Any:  # noqa: ANN401
    """Return the value as the first member reads it that makes something else of it.

    Text stays text where the union has a `str`: nothing tells the number 1 from "1".
    """
    if type(value) is str and ("str",) in schema[1]:
        return value
    for member in schema[1]:
        typed = _typed(member, value, objects)
        if type(typed) is not type(value) or typed != value:
            return typed
    return value


def _property_text(value: object) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    return str(value)
