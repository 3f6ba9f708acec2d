"""Parameters, conditions and mappings that tokens name: what the template has to declare."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sparta.model.expression import CONDITION, HIDDEN, MAPPING, PARAMETER
from sparta.model.token import MARKER_END, MARKER_START, has_marker, markers

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = {PARAMETER: "Parameters", CONDITION: "Conditions", MAPPING: "Mappings"}
FUNCTION = "Fn::"


_CHARACTERS = (MARKER_START, MARKER_END, *(hidden for _, hidden in HIDDEN))


@dataclass(frozen=True, slots=True)
class Declared:
    """One of the template's entries beside resources and outputs.

    Args:
        section: `Parameters`, `Conditions` or `Mappings`.
        name: Its name.
        body: Its content; text may hold tokens.
        declared_at: The user's file and line.
    """

    section: str
    name: str
    body: Any
    declared_at: str


def declaration(what: str, text: str) -> Declared:
    """Return what a token with one of the words of `SECTIONS` declares."""
    name, body, place = argument(text)
    return Declared(SECTIONS[what], name, body, place)


def argument(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return the argument of a token for one of CloudFormation's functions."""
    for character, hidden in HIDDEN:
        text = text.replace(hidden, character)
    return ast.literal_eval(text)


def is_expression(what: str) -> bool:
    """Say whether a token stands for more than a resource's attribute."""
    return what in SECTIONS or what.startswith(FUNCTION)


def label(what: str, text: str) -> str:
    """Return how messages call a token: `Orders.Arn`, `Stage.Ref`, `Fn::Select`."""
    if what in SECTIONS:
        return f"{declaration(what, text).name}.Ref"
    return what if what.startswith(FUNCTION) else f"{what}.{text}"


def unescaped(text: str) -> str:
    """Return a text with the markers that `json.dumps` wrote in ASCII as they were."""
    plain = str(text)
    if _ascii(MARKER_START) in plain:
        for character in _CHARACTERS:
            plain = plain.replace(_ascii(character), character)
    return plain


def _ascii(character: str) -> str:
    return f"\\u{ord(character):04x}"


def declared_in(value: Any) -> Iterator[Declared]:  # noqa: ANN401 - any JSON
    """Yield what the tokens in `value` declare, however deep, and what those need in turn."""
    if isinstance(value, str):
        plain = unescaped(value)
        for what, text in markers(plain) if has_marker(plain) else ():
            if what in SECTIONS:
                found = declaration(what, text)
                yield found
                yield from declared_in(found.body)
            elif what.startswith(FUNCTION):
                yield from declared_in(argument(text))
    elif isinstance(value, dict):
        for item in value.values():
            yield from declared_in(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from declared_in(item)
