"""Patterns of EventBridge and filter policies of SNS: which values of which fields.

Sources: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Complaint = tuple[str, str]
    """The place within the pattern, and what is wrong there."""

OR = "$or"
_TEXT_OPERATORS = ("equals-ignore-case", "prefix", "suffix", "wildcard")
_OPERATORS = (*_TEXT_OPERATORS, "anything-but", "cidr", "exists", "numeric")
_COMPARISONS = ("<", "<=", "=", ">", ">=")
_PAIR = 2


def pattern_complaints(pattern: object, path: str = "") -> Iterator[Complaint]:
    """Yield everything that is wrong with a pattern: an object of objects, down to lists.

    Args:
        pattern: The pattern, or one of its objects.
        path: The place of that object, such as `detail.state`.
    """
    if not isinstance(pattern, Mapping):
        yield path, f"expected an object, got {pattern!r}"
        return
    if not pattern:
        yield path, "is empty: leave it out to match anything"
    for name, value in pattern.items():
        place = f"{path}.{name}" if path else str(name)
        if not isinstance(name, str):
            yield place, "is not a text"
        elif name == OR:
            yield from _choices(value, place)
        elif isinstance(value, Mapping):
            yield from pattern_complaints(value, place)
        elif isinstance(value, (list, tuple)):
            yield from _values(value, place)
        else:
            yield place, f"expected a list of values, got {value!r}: write [{value!r}]"


def _choices(value: object, place: str) -> Iterator[Complaint]:
    if not isinstance(value, (list, tuple)) or len(value) < _PAIR:
        yield place, "expected a list of at least two objects"
        return
    for number, each in enumerate(value):
        yield from pattern_complaints(each, f"{place}[{number}]")


def _values(values: list[object] | tuple[object, ...], place: str) -> Iterator[Complaint]:
    if not values:
        yield place, "is an empty list: no value would match"
    for value in values:
        if isinstance(value, Mapping):
            yield from _operator(value, place)
        elif not _is_plain(value):
            yield place, f"{value!r} is neither text, number, true, false, null nor an operator"


def _operator(found: Mapping[object, object], place: str) -> Iterator[Complaint]:
    if len(found) != 1:
        yield place, f"an operator is one name and its operand, not {dict(found)!r}"
        return
    ((name, operand),) = found.items()
    if name not in _OPERATORS:
        yield place, f"{name!r} is no operator; there are {', '.join(sorted(_OPERATORS))}"
        return
    what = _operand_complaint(str(name), operand)
    if what:
        yield place, f"{name}: {what}"


def _operand_complaint(name: str, operand: object) -> str:
    """Return what is wrong with the operand of an operator; empty where nothing is."""
    special = {
        "anything-but": _but_complaint,
        "cidr": _cidr_complaint,
        "exists": _exists_complaint,
        "numeric": _numeric_complaint,
    }
    if name in special:
        return special[name](operand)
    ignoring_case = name in ("prefix", "suffix") and isinstance(operand, Mapping)
    if ignoring_case and isinstance(operand, Mapping):
        operand = operand.get("equals-ignore-case") if len(operand) == 1 else None
    if not isinstance(operand, str) or (not operand and name != "equals-ignore-case"):
        return f"expected a text, got {operand!r}"
    if name == "wildcard" and "**" in str(operand):
        return "two wildcards stand side by side"
    return ""


def _exists_complaint(operand: object) -> str:
    return "" if isinstance(operand, bool) else "is True or False"


def _but_complaint(operand: object) -> str:
    if isinstance(operand, Mapping):
        if len(operand) != 1 or next(iter(operand)) not in _TEXT_OPERATORS:
            return f"takes one of {', '.join(_TEXT_OPERATORS)}"
        ((name, inner),) = operand.items()
        several = inner if isinstance(inner, (list, tuple)) else [inner]
        found = [_operand_complaint(str(name), each) for each in several]
        return next((what for what in found if what), "")
    several = operand if isinstance(operand, (list, tuple)) else [operand]
    kinds = {str if isinstance(each, str) else float for each in several if _is_plain(each)}
    right = several and all(_is_plain(each) and each is not None for each in several)
    return "" if right and len(kinds) == 1 else "takes texts or numbers, all of one kind"


def _numeric_complaint(operand: object) -> str:
    what = 'takes one or two comparisons, such as [">", 0, "<=", 5]'
    if not isinstance(operand, (list, tuple)) or len(operand) not in (_PAIR, 2 * _PAIR):
        return what
    signs, numbers = operand[::2], operand[1::2]
    if not all(sign in _COMPARISONS for sign in signs):
        return what
    if not all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in numbers):
        return what
    if len(signs) == _PAIR and (
        not signs[0].startswith(">") or not signs[1].startswith("<") or numbers[0] >= numbers[1]
    ):
        return "a range begins with > or >=, and ends with < or <= at a greater number"
    return ""


def _cidr_complaint(operand: object) -> str:
    try:
        ipaddress.ip_network(str(operand), strict=False)
    except ValueError:
        return f"{operand!r} is no range of addresses, such as 10.0.0.0/24"
    return "" if "/" in str(operand) else f"{operand!r} has no length, such as /24"


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float))
