"""What an HTTP answer may say besides its body; the native core asks here for what it doubts.

Names and values of headers: https://www.rfc-editor.org/rfc/rfc9110#section-5
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_FIRST_STATUS, _LAST_STATUS = 100, 599
_NAME_MARKS = "!#$%&'*+-.^_`|~"
_SHOWN_CHARACTERS = 60


class UnsendableError(ValueError):
    """What a handler answers cannot be sent; the message says everything that is wrong."""


def check_answer(
    status: object, headers: object, cookies: object, content_type: object = None
) -> None:
    """Refuse an answer that cannot be sent as HTTP.

    Args:
        status: An int, 100 to 599.
        headers: None, or a mapping of names, which are tokens, to texts of one line.
        cookies: A list or tuple of texts of one line.
        content_type: None, or a text of one line.

    Raises:
        UnsendableError: With everything that is wrong.
    """
    found = list(problems_of(status, headers, cookies))
    if content_type is not None:
        found += _content_type_problems(content_type)
    if found:
        raise UnsendableError("; ".join(found))


def problems_of(status: object, headers: object, cookies: object = ()) -> Iterator[str]:
    """Yield everything that is wrong with status, headers and cookies; see `check_answer`."""
    if not _is_status(status):
        yield f"status must be an int from 100 to 599, not {_shown(status)}"
    if headers is None:
        pass
    elif not (hasattr(headers, "items") and hasattr(headers, "keys")):
        yield f"headers must be a mapping of str to str, not {_shown(headers)}"
    else:
        mapping: Any = headers
        for name, value in mapping.items():
            if not (isinstance(name, str) and _is_token(name)):
                yield f"{_shown(name)} is not the name of a header"
            if not _is_plain(value):
                yield from _one_line_problems(f"the header {_shown(name)}", value)
    if not isinstance(cookies, (list, tuple)):
        yield f"cookies must be a list or tuple of str, not {_shown(cookies)}"
    else:
        for cookie in cookies:
            if not _is_plain(cookie):
                yield from _one_line_problems("a cookie", cookie)


def _content_type_problems(content_type: object) -> Iterator[str]:
    yield from _one_line_problems("content_type", content_type)
    if isinstance(content_type, str) and not content_type.isascii():
        yield f"content_type must be ASCII, not {_shown(content_type)}"


def _is_status(status: object) -> bool:
    if isinstance(status, bool) or not isinstance(status, int):
        return False
    return _FIRST_STATUS <= status <= _LAST_STATUS


def _is_token(name: str) -> bool:
    # Most names have letters and hyphens only; what is left of the others has to be marks.
    if name.isascii() and name.replace("-", "").isalnum():
        return True
    rest = name.strip(_NAME_MARKS)
    return name != "" and all(
        (character.isascii() and character.isalnum()) or character in _NAME_MARKS
        for character in rest
    )


def _is_plain(text: object) -> bool:
    """Return whether nothing is wrong with a text; not so plain is also a tab, which may stand."""
    return isinstance(text, str) and text.isprintable()


def _one_line_problems(what: str, text: object) -> Iterator[str]:
    if not isinstance(text, str):
        yield f"{what} must be a str, not {_shown(text)}"
        return
    if any(mark in text for mark in "\r\n\0"):
        yield f"{what} holds a line break or a NUL: {_shown(text)}"
    if any("\ud800" <= character <= "\udfff" for character in text):
        yield f"{what} holds a lone surrogate: {_shown(text)}"


def _shown(value: object) -> str:
    """Return a value of a plain type as it is written, of any other only its type."""
    if type(value) not in (str, bytes, int, float, bool, type(None)):
        return type(value).__name__
    try:
        text = ascii(value)
    except ValueError:  # an int may have more digits than Python writes
        return "one of many digits"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
