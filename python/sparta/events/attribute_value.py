"""DynamoDB attribute values as Python values.

| DynamoDB | Python |
|---|---|
| S, BOOL, NULL | str, bool, None |
| N | int where it is a whole number, else float; all digits are in the raw form |
| B | bytes |
| L, M | list, dict |
| SS, NS, BS | set |

A `decimal` would keep all 38 digits, for 2 ms of a cold start and a type that JSON does not have.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64, refuse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_WHOLE_FLOATS = 2**53
"""Up to here a float is as exact as an int."""


def python_item(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item's attributes as Python values."""
    return {name: python_value(value) for name, value in attributes.items()}


def python_value(attribute: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what the table holds
    """Return one attribute value, such as `{"N": "3"}`, as a Python value.

    Raises:
        EventError: It is none.
    """
    try:
        ((kind, value),) = attribute.items()
        return _READ[kind](value)
    except (AttributeError, KeyError, TypeError, ValueError):
        refuse(f"{attribute!r} is no attribute value", "dynamodb")


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        number = float(text)
    return int(number) if number.is_integer() and abs(number) <= _WHOLE_FLOATS else number


def _binary(text: str) -> bytes:
    return bytes_of_base64(text, "dynamodb")


_READ: dict[str, Callable[[Any], Any]] = {
    "S": str,
    "N": _number,
    "BOOL": bool,
    "NULL": lambda _: None,
    "B": _binary,
    "M": python_item,
    "L": lambda values: [python_value(value) for value in values],
    "SS": set,
    "NS": lambda values: {_number(value) for value in values},
    "BS": lambda values: {_binary(value) for value in values},
}
