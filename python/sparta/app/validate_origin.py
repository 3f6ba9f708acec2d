"""Checks where a trigger's events come from: a resource of one type, or the ARN of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def origin_problems(
    origin: object, kind: str, pattern: re.Pattern[str], place: str
) -> Iterator[Problem]:
    """Yield what keeps `origin` from being one.

    Args:
        origin: As it was given.
        kind: The type of resource that it has to be.
        pattern: What its ARN looks like; text that holds a token is taken at its word.
        place: The trigger's file and line.
    """
    fix = f"give a resource of type {kind}, or the whole ARN of one"
    if isinstance(origin, Resource):
        if origin.type != kind:
            yield Problem(f"{origin.logical_id} is a {origin.type}", where=place, fix=fix)
    elif not isinstance(origin, str) or not (has_marker(origin) or pattern.fullmatch(origin)):
        yield Problem(f"{origin!r} is no ARN of a {kind}", where=place, fix=fix)


def arn_pattern(service: str, rest: str) -> re.Pattern[str]:
    """Return what ARNs of one kind look like.

    Args:
        service: Such as `lex`.
        rest: A regular expression for what follows the account.
    """
    return re.compile(rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:\d{{12}}:{rest}")


def text_problems(
    options: Mapping[str, Any], name: str, pattern: re.Pattern[str], fix: str, place: str
) -> Iterator[Problem]:
    """Yield a problem where an option is given, and is no text that fits or holds a token."""
    value = options.get(name)
    fits = isinstance(value, str) and (has_marker(value) or pattern.fullmatch(value))
    if value is not None and not fits:
        yield Problem(f"{name}={value!r} is not allowed", where=place, fix=fix)
