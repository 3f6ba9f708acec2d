"""Checks how a source delivers: tries, and the queue for what it gives up on."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sparta.app.destination import service_of
from sparta.app.limits import DELIVERY_AGE_S, DELIVERY_DESCRIPTION_CHARACTERS, DELIVERY_RETRIES
from sparta.cfn.resource import Resource
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DELIVERY = frozenset({"dead_letter", "description", "enabled", "event_age_s", "retries"})


def delivery_problems(
    options: Mapping[str, Any], place: str, also: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Yield what is wrong with the options of a rule or a schedule.

    Args:
        options: As they were given.
        place: The trigger's file and line.
        also: Other options that this trigger has; they are checked elsewhere.
    """
    yield from unknown_options(options, _DELIVERY | also, place)
    ranges = {"event_age_s": DELIVERY_AGE_S, "retries": DELIVERY_RETRIES}
    for name, allowed in ranges.items():
        value = options.get(name)
        if value is not None and (type(value) is not int or value not in allowed):
            fix = f"use a whole number from {allowed.start} to {allowed.stop - 1}"
            yield Problem(f"{name}={value!r} is out of range", where=place, fix=fix)
    yield from dead_letter_problems(options, place)
    description = options.get("description", "")
    if not isinstance(description, str) or len(str(description)) > DELIVERY_DESCRIPTION_CHARACTERS:
        fix = f"give a text of at most {DELIVERY_DESCRIPTION_CHARACTERS} characters"
        yield Problem("description= is no text, or too long", where=place, fix=fix)
    yield from switch_problems(options, ("enabled",), place)


def dead_letter_problems(options: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """Yield what keeps `dead_letter=` from being a queue that the source can send to."""
    target = options.get("dead_letter")
    if target is None:
        return
    fix = "give a Queue, or the ARN of one"
    known = isinstance(target, (str, Resource))
    # An ARN with a token of its own in place of the service is taken at its word.
    if not known or service_of(target) not in ("sqs", *_unknown(target)):
        yield Problem(f"dead_letter={target!r} is no queue", where=place, fix=fix)
    elif str(target).endswith(".fifo"):
        what = f"dead_letter={target!r} is a FIFO queue"
        yield Problem(what, where=place, fix="give a standard one")


def unknown_options(
    options: Mapping[str, Any], known: frozenset[str], place: str
) -> Iterator[Problem]:
    """Yield a problem for each option that the trigger does not have."""
    for name in sorted(options.keys() - known):
        near = get_close_matches(name, known, 1)
        fix = f"did you mean {near[0]}=?" if near else f"use one of {', '.join(sorted(known))}"
        yield Problem(f"a trigger of this kind has no option {name}=", where=place, fix=fix)


def switch_problems(
    options: Mapping[str, Any], names: tuple[str, ...], place: str
) -> Iterator[Problem]:
    """Yield a problem for each of those options that is neither True nor False."""
    for name in names:
        value = options.get(name, True)
        if not isinstance(value, bool):
            what = f"{name}={value!r} is neither True nor False"
            yield Problem(what, where=place)


def _unknown(target: object) -> tuple[str, ...]:
    """Return the empty service where the target is a token, whose resource is not known here."""
    of: object = getattr(target, "of", None)
    return ("",) if isinstance(of, Resource) and service_of(of) == "sqs" else ()
