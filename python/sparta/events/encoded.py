"""What AWS sends as base64, and JSON within text; the decoders are loaded when first asked."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def refuse(what: str, where: str) -> NoReturn:
    """Raise EventError, which is loaded only now."""
    from sparta.errors import EventError

    raise EventError(what, where=where) from None


def bytes_of_base64(text: str, where: str) -> bytes:
    """Return the bytes of a base64 text.

    Raises:
        EventError: It is none.
    """
    from binascii import a2b_base64

    try:
        return a2b_base64(text, strict_mode=True)
    except (ValueError, TypeError):
        refuse("not valid base64", where)


def text_of_bytes(content: bytes, where: str) -> str:
    """Return the text of UTF-8 bytes.

    Raises:
        EventError: They are none.
    """
    try:
        return content.decode()
    except UnicodeDecodeError:
        refuse("not valid UTF-8", where)


def object_of_json(text: str, where: str) -> dict[str, Any]:
    """Return the JSON object in a text.

    Raises:
        EventError: It holds none.
    """
    core = sys.modules.get("_sparta")  # which reads JSON without anything being loaded
    try:
        value = (core or __import__("json")).loads(text)
    except ValueError:
        refuse("not valid JSON", where)
    if not isinstance(value, dict):
        refuse("expected object", where)
    return value
