"""JSON text to values and back, by the parser that is already loaded in this process.

Under AWS's client that is simplejson, under the native core the core's own; both write what AWS's
client writes. Elsewhere (a handler called in a test) it is the standard library's.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


class InvalidJsonError(ValueError):
    """The text is not JSON; the message says where."""


def value_of_json(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a JSON text; NaN and Infinity are refused.

    Raises:
        InvalidJsonError: The text is not JSON, or nested too deeply to be read.
    """
    core = sys.modules.get("_sparta")
    simplejson = sys.modules.get("simplejson")
    try:
        if core is not None:
            return core.loads(text)
        if simplejson is not None:
            return simplejson.loads(text)
        import json

        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidJsonError(str(error)) from None


def json_of_value(value: object) -> str:
    """Return the JSON text of a value, as AWS's client writes it for Python 3.12 and later.

    Separators are ", " and ": ", characters outside of ASCII stand for themselves, objects with an
    `_asdict` method (Models, named tuples) are JSON objects.

    Raises:
        TypeError: Something in it has no JSON form.
    """
    core = sys.modules.get("_sparta")
    simplejson = sys.modules.get("simplejson")
    text: str
    if core is not None:
        text = core.dumps(value).decode()
    elif simplejson is not None:
        text = simplejson.dumps(
            value,
            use_decimal=False,
            ensure_ascii=False,
            allow_nan=True,
            default=_with_decimal,
        )
    else:
        import json

        text = json.dumps(value, ensure_ascii=False, default=_as_object)
    return text


def _with_decimal(value: Any) -> Any:  # noqa: ANN401 - called for what JSON has no form for
    if type(value).__name__ != "Decimal":
        _refuse_value(value)
    if value.is_nan():
        return float("nan")
    return sys.modules["simplejson"].RawJSON(str(value))


def _as_object(value: Any) -> Any:  # noqa: ANN401 - called for what JSON has no form for
    return value._asdict() if hasattr(value, "_asdict") else _refuse_value(value)


def _refuse_value(value: object) -> NoReturn:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"Out of range float values are not JSON compliant: {name}")
