"""Checks the kinds of a function's options: what type checkers say of them, for who uses none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.function import Function

_OPTIONS: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("name", lambda value: isinstance(value, str), "give a text"),
    ("description", lambda value: isinstance(value, str), "give a text"),
    ("environment", lambda value: isinstance(value, Mapping), "give a dict of texts"),
    (
        "role",
        lambda value: value is None or isinstance(value, str),
        "give the ARN or the name of a role, or leave it out",
    ),
    (
        "dependencies",
        lambda value: isinstance(value, str),
        "name one dependency group; it may include others: {include-group = ...}",
    ),
    ("runtime_metrics", lambda value: isinstance(value, bool), "use True or False"),
    ("json", lambda value: value in ("aws", "extended"), 'use "aws" or "extended"'),
)
"""Each option, whether a value is of its kind, and what to do about one that is not."""


def option_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield the options of a function that are of the wrong kind."""
    for option, fits, fix in _OPTIONS:
        value = getattr(function, option)
        if not fits(value):
            what = f"{option}={value!r} of {function.name!r} is not what it takes"
            yield Problem(what, where=function.declared_at, fix=fix)
