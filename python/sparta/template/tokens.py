"""Tokens to intrinsic functions: what stood for text becomes text that CloudFormation fills in.

A string that is one marker becomes Ref or Fn::GetAtt; a marker within other text makes the whole an
Fn::Sub, in which the author's own `${` stays what it was.
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
"""

from __future__ import annotations

import re
from typing import Any

from sparta.errors import TokenError
from sparta.model.reference import REF
from sparta.model.token import MARKER_END, MARKER_START
from sparta.template.intrinsics import get_att, ref, sub

_MARKER = re.compile(f"{MARKER_START}([^.]+)[.]([^{MARKER_END}]+){MARKER_END}")
_ESCAPABLE = re.compile(r"\$\{([^${}]+)\}")
_LEFT_OPEN = re.compile(r"\$\{(?![!][^${}]+\})")
_TAKES_NAMES = frozenset({"Ref", "Fn::GetAtt", "DependsOn", "Condition"})


def resolve(value: Any) -> Any:  # noqa: ANN401 - any JSON in, any JSON out
    """Return `value` with every marker in it, however deep, replaced by an intrinsic function.

    Raises:
        TokenError: A marker stands where CloudFormation takes no function: in a key, or as the name
            inside Ref or Fn::GetAtt.
    """
    if isinstance(value, str):
        text = str(value)
        return _resolve_text(text) if MARKER_START in text else text
    if isinstance(value, dict):
        return {_plain_key(key): _resolve_entry(key, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolve(item) for item in value]
    return value


def named(text: str) -> str:
    """Return what the markers in `text` stand for, for a message: `Orders.Arn, Uploads.Ref`."""
    return ", ".join(f"{logical_id}.{attribute}" for logical_id, attribute in _MARKER.findall(text))


def _plain_key(key: str) -> str:
    if named(str(key)):
        raise TokenError(
            f"{named(str(key))} is known only after deployment and cannot be a key",
            fix="use a plain string as the key; values may hold tokens",
        )
    return str(key)


def _resolve_entry(key: str, item: Any) -> Any:  # noqa: ANN401 - any JSON
    if key == "Fn::Sub":
        return _resolve_sub(item)
    tokens = named(_names_of(item)) if key in _TAKES_NAMES else ""
    if tokens:
        raise TokenError(
            f"{key} takes a logical id, not {tokens}",
            fix=f"use the token itself, without {key} around it",
        )
    return resolve(item)


def _names_of(item: Any) -> str:  # noqa: ANN401 - any JSON
    """Return the text in `item`, one string or several; IAM's own Condition is neither."""
    names = item if isinstance(item, (list, tuple)) else [item]
    return "".join(str(name) for name in names if isinstance(name, str))


def _resolve_sub(item: Any) -> Any:  # noqa: ANN401 - text, or text and its variables
    """Place markers into the author's own Fn::Sub; its `${...}` are meant and stay."""
    if isinstance(item, str):
        return _MARKER.sub(_placeholder, str(item))
    text, *variables = item
    return [_MARKER.sub(_placeholder, str(text)), *resolve(variables)]


def _placeholder(marker: re.Match[str]) -> str:
    logical_id, attribute = marker.groups()
    return f"${{{logical_id}}}" if attribute == REF else f"${{{logical_id}.{attribute}}}"


def _resolve_text(text: str) -> str | dict[str, Any]:
    whole = _MARKER.fullmatch(text)
    if whole is not None:
        logical_id, attribute = whole.groups()
        return ref(logical_id) if attribute == REF else get_att(logical_id, attribute)
    placeholders = [_placeholder(marker) for marker in _MARKER.finditer(text)]
    if not placeholders:
        return text
    literals = _MARKER.split(text)[::3]
    literals = [_ESCAPABLE.sub(r"${!\1}", literal) for literal in literals]
    if not any(_LEFT_OPEN.search(literal) for literal in literals):
        return sub(_interleaved(literals, placeholders))
    # `${` that its own text does not close has no escape: the dollar becomes a variable.
    dollar = _unused_name("Dollar", text)
    literals = [_LEFT_OPEN.sub(f"${{{dollar}}}{{", literal) for literal in literals]
    return {"Fn::Sub": [_interleaved(literals, placeholders), {dollar: "$"}]}


def _interleaved(literals: list[str], placeholders: list[str]) -> str:
    pieces = [literals[0]]
    for placeholder, literal in zip(placeholders, literals[1:], strict=True):
        pieces += placeholder, literal
    return "".join(pieces)


def _unused_name(name: str, text: str) -> str:
    return name if name not in text else _unused_name(name + "x", text)
