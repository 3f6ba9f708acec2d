"""`@sparta.function(json="extended")`: values that AWS's client has no JSON form for.

| Python | JSON |
|---|---|
| datetime, date, time | text, ISO 8601 |
| UUID, pathlib's paths | text |
| bytes, bytearray within a value | text, base64 |
| set, frozenset | array |
| dataclass | object of its fields |
| Enum | its value |

A key may be a datetime, date, time, UUID, path or Enum. Everything else is as without the option:
Models and named tuples are objects, a Decimal is a number with its own digits, a result that is
bytes and nothing else is sent as it is.

Nothing here imports the modules of those classes: a value of theirs cannot be there without them.
"""

from __future__ import annotations

import sys

from sparta.model.response import Response
from sparta.runtime.codec import json_of_value
from sparta.runtime.http_answer import check_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def extended_result(result: object) -> object:
    """Return what a handler returned as AWS's client can write it.

    Raises:
        ValueError: It contains itself.
        RecursionError: It is nested too deeply.
    """
    return result if isinstance(result, bytes) else _written(result, ())


def extended_answer(result: object) -> object:
    """Return what a handler of HTTP requests returned, as `extended_result` does.

    Raises:
        ValueError: It contains itself; status, headers or cookies cannot be sent.
        RecursionError: It is nested too deeply.
    """
    answer = result if isinstance(result, Response) else Response(result)
    check_answer(answer.status, answer.headers, answer.cookies)
    body = answer.body
    if body is None or isinstance(body, (str, bytes)):
        return result
    plain = _written(body, ())
    headers = answer.headers
    if isinstance(plain, str):  # only a body that was text is sent as text
        plain = json_of_value(plain)
        named = {name.lower() for name in headers or ()}
        if "content-type" not in named:
            headers = {"content-type": "application/json", **(headers or {})}
    elif answer is not result:
        return plain
    return Response(plain, status=answer.status, headers=headers, cookies=answer.cookies)


def plain_of(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return what stands for a value that is none of JSON's own; the value itself if nothing does.

    What it returns may hold more such values.
    """
    if isinstance(value, (set, frozenset)):
        return list(value)
    if isinstance(value, (bytes, bytearray)):
        from binascii import b2a_base64

        return b2a_base64(value, newline=False).decode("ascii")
    if hasattr(type(value), "__dataclass_fields__"):
        fields = sys.modules["dataclasses"].fields(value)
        return {field.name: getattr(value, field.name) for field in fields}
    return _scalar_of(value)


def _scalar_of(value: Any) -> Any:  # noqa: ANN401 - any value
    if _is_one(value, "enum", "Enum"):
        return value.value
    if _is_one(value, "datetime", "date", "time"):  # a datetime is a date
        return value.isoformat()
    if _is_one(value, "uuid", "UUID") or _is_one(value, "pathlib", "PurePath"):
        return str(value)
    return value


def _is_one(value: object, module: str, *classes: str) -> bool:
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, tuple(getattr(loaded, c) for c in classes))


def _written(value: Any, parents: tuple[int, ...]) -> Any:  # noqa: ANN401 - any value
    """Return a value without what AWS's client cannot write; the order of tests is its own."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if id(value) in parents:
        raise ValueError("Circular reference detected")
    parents = (*parents, id(value))
    as_dict = getattr(value, "_asdict", None)
    if callable(as_dict):
        value = as_dict()
    if isinstance(value, (list, tuple)):
        return [_written(item, parents) for item in value]
    if isinstance(value, dict):
        return {_key(key): _written(item, parents) for key, item in value.items()}
    plain = plain_of(value)
    return value if plain is value else _written(plain, parents)


def _key(key: Any) -> Any:  # noqa: ANN401 - any key
    if key is None or isinstance(key, (str, bytes, int, float)):
        return key
    plain = _scalar_of(key)
    return plain if isinstance(plain, (str, int, float)) else key
