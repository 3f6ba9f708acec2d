"""Text for what a log line cannot hold; imported for the first such value only."""

from __future__ import annotations

_NOT_NUMBERS = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


def writable(value: object) -> object:
    """Return a field of a log line as it can be written.

    Args:
        value: Any value.

    Returns:
        The value itself where `json` can write it, else its text.
    """
    import json

    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
    except Exception:  # noqa: BLE001 - the application's own code makes text of its values
        return text_of(value)
    return value


def text_of(value: object) -> str:
    """Return the `repr` of a value, in JSON's words for a number that is none.

    Args:
        value: Any value.

    Returns:
        Its text; `<unprintable list>` for a list that cannot be shown.
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - as above
        return f"<unprintable {type(value).__name__}>"
    return _NOT_NUMBERS.get(text, text) if isinstance(value, float) else text
