"""Options of the form `A=B`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import Problem, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def pairs_of(texts: Iterable[str], option: str) -> dict[str, str]:
    """Return names and values of `A=B` texts; a value may be empty and may hold `=`.

    Args:
        texts: What the user gave; of equal names the last counts.
        option: The option's name, for the message.

    Raises:
        UsageError: With one problem for each text without a name or without `=`.
    """
    pairs: dict[str, str] = {}
    problems: list[Problem] = []
    for text in texts:
        name, equals, value = text.partition("=")
        if name and equals:
            pairs[name] = value
        else:
            fix = f"Write it as {option} Name=value"
            problems.append(Problem(f"{text!r} is no name and value", where=option, fix=fix))
    if problems:
        raise UsageError.of(problems)
    return pairs
