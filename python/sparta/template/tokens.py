"""Tokens to intrinsic functions: what stood for text becomes text that CloudFormation fills in.

A string that is one marker becomes Ref or Fn::GetAtt; a marker within other text makes the whole an
Fn::Sub, in which the author's own `${` stays what it was.
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
"""

from __future__ import annotations

import re
from typing import Any

from sparta.errors import TokenError
from sparta.model.expression import PARAMETER
from sparta.model.reference import REF
from sparta.model.token import MARKER_END, MARKER_START
from sparta.template.expressions import (
    argument,
    declaration,
    is_expression,
    label,
    unescaped,
)
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
        text = unescaped(value)
        return _resolve_text(text) if MARKER_START in text else text
    if isinstance(value, dict):
        return {_plain_key(key): _resolve_entry(key, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [resolve(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TokenError(
        f"{value!r} cannot stand in a template",
        fix="use text, numbers, lists and dictionaries; of a resource or parameter, its ref",
    )


def named(text: str) -> str:
    """Return what the markers in `text` stand for, for a message: `Orders.Arn, Uploads.Ref`."""
    return ", ".join(label(*found) for found in _MARKER.findall(text))


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
    if key == "Condition" and isinstance(item, str) and is_expression(_first_of(item)):
        return resolve(item)
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
    text, given = (item, {}) if isinstance(item, str) else (item[0], resolve(dict(*item[1:])))
    variables: dict[str, Any] = dict(given)
    text = _MARKER.sub(lambda marker: _placeholder(marker, variables, text), str(text))
    return [text, variables] if variables else text


def _placeholder(marker: re.Match[str], variables: dict[str, Any], text: str) -> str:
    """Return what stands for a marker in Fn::Sub; what is no name there becomes a variable."""
    logical_id, attribute = marker.groups()
    if not is_expression(logical_id):
        return f"${{{logical_id}}}" if attribute == REF else f"${{{logical_id}.{attribute}}}"
    found = _whole(logical_id, attribute)
    if isinstance(found, dict) and found.keys() == {"Ref"}:
        return f"${{{found['Ref']}}}"
    known = [name for name in variables if variables[name] == found]
    name = known[0] if known else _unused_name(f"Value{len(variables) + 1}", text)
    variables[name] = found
    return f"${{{name}}}"


def _whole(logical_id: str, attribute: str) -> Any:  # noqa: ANN401 - any JSON
    """Return what a marker stands for where it is all of a text."""
    if logical_id.startswith("Fn::"):
        return resolve({logical_id: argument(attribute)})
    if is_expression(logical_id):
        name = declaration(logical_id, attribute).name
        return ref(name) if logical_id == PARAMETER else name
    return ref(logical_id) if attribute == REF else get_att(logical_id, attribute)


def _first_of(text: str) -> str:
    found = _MARKER.match(str(text))
    return found[1] if found else ""


def _resolve_text(text: str) -> Any:  # noqa: ANN401 - any JSON
    whole = _MARKER.fullmatch(text)
    if whole is not None:
        return _whole(*whole.groups())
    variables: dict[str, Any] = {}
    placeholders = [_placeholder(marker, variables, text) for marker in _MARKER.finditer(text)]
    if not placeholders:
        return text
    literals = _MARKER.split(text)[::3]
    literals = [_ESCAPABLE.sub(r"${!\1}", literal) for literal in literals]
    if not any(_LEFT_OPEN.search(literal) for literal in literals):
        filled = _interleaved(literals, placeholders)
        return {"Fn::Sub": [filled, variables]} if variables else sub(filled)
    # `${` that its own text does not close has no escape: the dollar becomes a variable.
    dollar = _unused_name("Dollar", text)
    literals = [_LEFT_OPEN.sub(f"${{{dollar}}}{{", literal) for literal in literals]
    return {"Fn::Sub": [_interleaved(literals, placeholders), {**variables, dollar: "$"}]}


def _interleaved(literals: list[str], placeholders: list[str]) -> str:
    pieces = [literals[0]]
    for placeholder, literal in zip(placeholders, literals[1:], strict=True):
        pieces += placeholder, literal
    return "".join(pieces)


def _unused_name(name: str, text: str) -> str:
    return name if name not in text else _unused_name(name + "x", text)
