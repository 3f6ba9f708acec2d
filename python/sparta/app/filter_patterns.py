"""Conditions to filter patterns, the JSON that an event source mapping takes.

A mapping has several patterns, of which one has to hold; a pattern has a rule, or several of which
one has to hold, for each of some fields. So a condition is first made a choice of conjunctions.
Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
"""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

from sparta.errors import Problem
from sparta.triggers.filters import Condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    Rules = dict[tuple[str, ...], list[Any]]
    """By path, the rules of which one has to hold."""

MAX_FILTERS = 5
"""Of one mapping; AWS raises it to 10 on request."""
MAX_PATTERN_CHARACTERS = 4096
_NUMERIC = "numeric"
_LOWER, _UPPER = (">", ">="), ("<", "<=")
_TEXT_RULES = ("prefix", "suffix", "equals-ignore-case")


class PatternError(Exception):
    """A condition has no pattern; the arguments are what is wrong and what to do."""


def patterns_of(where: Any) -> list[str]:  # noqa: ANN401 - what the user gave
    """Return the patterns of conditions of which one has to hold.

    Raises:
        PatternError: There are none that say it.
    """
    conditions: list[Any] = list(where) if isinstance(where, (list, tuple)) else [where]
    if not conditions:
        raise PatternError("where= holds no condition", "leave it out")
    for each in conditions:
        if not isinstance(each, Condition):
            what = f"where={each!r} is not a condition"
            raise PatternError(what, 'write filters.body("status") == "new"')
    choices: list[Rules] = []
    for condition in conditions:
        for choice in _choices(condition):
            _add(choices, choice)
    found = [_json(_nested(choice)) for choice in choices]
    if len(found) > MAX_FILTERS:
        what = f"where= makes {len(found)} filters, a trigger has at most {MAX_FILTERS}"
        raise PatternError(what, "use .one_of(...) for several values of one field")
    for text in found:
        if len(text) > MAX_PATTERN_CHARACTERS:
            what = f"where= makes a filter of {len(text)} characters"
            raise PatternError(what, f"at most {MAX_PATTERN_CHARACTERS} are allowed")
    return found


def pattern_problems(where: Any, place: str) -> list[Problem]:  # noqa: ANN401 - what the user gave
    """Return what is wrong with the conditions of a trigger."""
    try:
        patterns_of(where)
    except PatternError as error:
        what, fix = error.args
        return [Problem(what, where=place, fix=fix)]
    return []


def _choices(condition: Condition[Any]) -> list[Rules]:
    if condition.operator == "field":
        path, rules = condition.operands
        _check(path, rules)
        return [{path: list(rules)}]
    first, second = (_choices(each) for each in condition.operands)
    if condition.operator == "or":
        return [*first, *second]
    return [_both(one, other) for one, other in product(first, second)]


def _check(path: tuple[str, ...], rules: Iterable[Any]) -> None:
    name = ".".join(path)
    if "|" in path[-1] and path[0] == "dynamodb":
        raise PatternError(f"{name} is compared with values of several types", "use one type")
    for rule in rules:
        operator, value = next(iter(rule.items())) if isinstance(rule, dict) else ("", rule)
        if operator == _NUMERIC and path[0] == "dynamodb":
            what = f"{name} cannot be compared by size: DynamoDB writes numbers as text"
            raise PatternError(what, "compare for equality, or in the handler")
        if operator == _NUMERIC and not all(map(_is_number, value[1::2])):
            raise PatternError(f"{name} is compared by size with {value[1::2]}", "use numbers")
        if operator in _TEXT_RULES and not isinstance(value, str):
            raise PatternError(f"{name} is compared by {operator} with {value!r}", "use a text")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _both(one: Rules, other: Rules) -> Rules:
    found = dict(one)
    for path, rules in other.items():
        found[path] = _range(path, found[path], rules) if path in found else rules
    return found


def _range(path: tuple[str, ...], one: list[Any], other: list[Any]) -> list[Any]:
    """Return the two ends of a range of numbers as one rule: nothing else can be joined."""
    ends: list[Any] = [
        rule.get(_NUMERIC, ()) if isinstance(rule, dict) else () for rule in (*one, *other)
    ]
    pair = {end[0]: end[1] for end in ends if len(end) == len(("<", 1))}
    lower = [(operator, pair[operator]) for operator in _LOWER if operator in pair]
    upper = [(operator, pair[operator]) for operator in _UPPER if operator in pair]
    if len(one) == len(other) == len(lower) == len(upper) == 1:
        return [{_NUMERIC: [*lower[0], *upper[0]]}]
    what = f"two conditions on {'.'.join(path)} are joined by &"
    raise PatternError(what, "only the two ends of a range of numbers can be")


def _add(choices: list[Rules], choice: Rules) -> None:
    """Add a choice, as further rules of one that differs from it in a single field."""
    for known in choices:
        different = [
            path for path in known.keys() | choice.keys() if known.get(path) != choice.get(path)
        ]
        if not different:
            return
        (path, *more) = different
        if not more and path in known and path in choice:
            known[path] = [*known[path], *(r for r in choice[path] if r not in known[path])]
            return
    choices.append(dict(choice))


def _json(pattern: dict[str, Any]) -> str:
    return json.dumps(pattern, ensure_ascii=False, separators=(",", ":"))


def _nested(choice: Rules) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(choice):
        inner = found
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
            if not isinstance(inner, dict):
                what = f"{'.'.join(path)} is within a field that has a condition of its own"
                raise PatternError(what, "write them as two conditions, joined by |")
        inner[path[-1]] = choice[path]
    return found
