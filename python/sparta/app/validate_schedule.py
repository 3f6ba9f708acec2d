"""Checks a schedule's expression and time zone offline.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

import json
import re
import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sparta.app.cron import DAYS, FIRST_YEAR, LAST_YEAR, MONTHS
from sparta.app.limits import FLEXIBLE_MINUTES
from sparta.app.moment import moment
from sparta.app.next_runs import never_fires
from sparta.app.validate_delivery import delivery_problems
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.triggers.clock import Schedule

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)(s?)\)")
_CRON = re.compile(r"cron\((.*)\)")
_AT = re.compile(r"at\((.*)\)")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...], str], ...] = (
    ("minutes", 0, 59, (), r""),
    ("hours", 0, 23, (), r""),
    ("day of the month", 1, 31, (), r"\?|L|LW|\d+W"),
    ("month", 1, 12, MONTHS, r""),
    ("day of the week", 1, 7, DAYS, r"\?|L|[1-7]L|[1-7]#[1-5]"),
    ("year", FIRST_YEAR, LAST_YEAR, (), r""),
)
_FIX = "write rate(5 minutes), cron(0 3 * * ? *) or at(2027-01-01T00:00:00)"


def schedule_problems(schedule: Schedule) -> Iterator[Problem]:
    """Yield everything that EventBridge Scheduler would refuse in a schedule."""
    what = _expression_problem(schedule.expression)
    if what:
        text = f"schedule {schedule.expression!r}: {what}"
        yield Problem(text, where=schedule.declared_at, fix=_FIX)
    elif never_fires(schedule):
        text = f"schedule {schedule.expression!r} names no day that exists: it would never fire"
        yield Problem(text, where=schedule.declared_at, fix=_FIX)
    zone = schedule.timezone
    if not _is_zone(zone):
        zone = "UTC"
        yield Problem(
            f"time zone {schedule.timezone!r} does not exist",
            where=schedule.declared_at,
            fix='use a name such as "Europe/Rome" or "UTC"',
        )
    yield from _moment_problems(schedule, zone)
    yield from _window_problems(schedule)
    extra = frozenset({"end", "flexible_minutes", "input", "start"})
    yield from delivery_problems(schedule.options, schedule.declared_at, extra)


def _is_zone(name: object) -> bool:
    known = zoneinfo.available_timezones()
    return not known or name in known


def _moment_problems(schedule: Schedule, zone: str) -> Iterator[Problem]:
    """Yield what is wrong with start and end: each, and their order."""
    moments = {}
    for name in ("start", "end"):
        value: object = schedule.options.get(name)
        if value is None:
            continue
        try:
            moments[name] = moment(value, zone)  # type: ignore[arg-type]
        except (AttributeError, ValueError):
            fix = "give a datetime, or text such as 2027-01-01T00:00:00"
            yield Problem(f"{name}={value!r} is no moment", where=schedule.declared_at, fix=fix)
    if len(moments) > 1 and moments["end"] <= moments["start"]:
        what = "the schedule ends before it starts"
        yield Problem(what, where=schedule.declared_at, fix="give an end= after its start=")


def _window_problems(schedule: Schedule) -> Iterator[Problem]:
    window: object = schedule.options.get("flexible_minutes", 0)
    if type(window) is not int or window not in FLEXIBLE_MINUTES:
        what = f"flexible_minutes={window!r} is out of range"
        fix = "use a whole number of minutes from 1 to 1440, or 0 for on time"
        yield Problem(what, where=schedule.declared_at, fix=fix)
    given: object = schedule.options.get("input")
    if given is not None:
        yield from _input_problems(given, schedule.declared_at)


def _input_problems(given: object, place: str) -> Iterator[Problem]:
    if not isinstance(given, Mapping):
        yield Problem(f"input={given!r} is no JSON object", where=place, fix="give a dict")
        return
    try:
        json.dumps(given, allow_nan=False)
    except (TypeError, ValueError) as error:
        yield Problem(f"input= cannot be written as JSON: {error}", where=place)


def _expression_problem(expression: str) -> str:
    """Return what is wrong with an expression; empty where nothing is."""
    if found := _RATE.fullmatch(expression):
        return _rate_problem(int(found[1]), found[2], plural=bool(found[3]))
    if found := _CRON.fullmatch(expression):
        return _cron_problem(found[1].split())
    if found := _AT.fullmatch(expression):
        try:
            datetime.strptime(found[1], "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - the zone is apart
        except ValueError:
            return f"{found[1]!r} is not a time such as 2027-01-01T00:00:00"
        return ""
    return "it is neither rate(...), cron(...) nor at(...)"


def _rate_problem(count: int, unit: str, *, plural: bool) -> str:
    if count == 0:
        return "a rate is at least 1"
    if plural == (count == 1):
        return f"{count} goes with {unit if count == 1 else unit + 's'}"
    return ""


def _cron_problem(fields: list[str]) -> str:
    if len(fields) != len(_FIELDS):
        return f"cron has six fields (the last is the year), this one has {len(fields)}"
    for text, (name, low, high, words, special) in zip(fields, _FIELDS, strict=True):
        if not all(_is_part(part, low, high, words, special) for part in text.split(",")):
            return f"{text!r} is not a valid {name}"
    if (fields[2] == "?") == (fields[4] == "?"):
        return "one of day of the month and day of the week is `?`, the other is not"
    return ""


def _is_part(part: str, low: int, high: int, words: tuple[str, ...], special: str) -> bool:
    """Say whether one part of a field is `*`, a value, a range, either with a step, or special."""
    if special and re.fullmatch(special, part, re.IGNORECASE):
        return True
    base, slash, step = part.partition("/")
    if slash and not (step.isdigit() and int(step) > 0):
        return False
    if base == "*":
        return True
    values = base.split("-")
    return len(values) <= 2 and all(_is_value(one, low, high, words) for one in values)  # noqa: PLR2004 - a range has two ends


def _is_value(text: str, low: int, high: int, words: tuple[str, ...]) -> bool:
    return text.upper() in words or (text.isdigit() and low <= int(text) <= high)
