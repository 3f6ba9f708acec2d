"""Cron expressions of EventBridge Scheduler, read as one set of days and times.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
FIRST_YEAR, LAST_YEAR = 1970, 2199
_SATURDAY, _SUNDAY = 5, 6
"""As `date.weekday()` counts."""
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Cron:
    """When a cron expression comes true, on the wall clock.

    Args:
        minutes: The minutes of an hour, in order.
        hours: The hours of a day, in order.
        days: The field of days of the month, `?` where the other field counts.
        months: The months of a year.
        weekdays: The field of days of the week, `?` where the other field counts.
        years: The years.
    """

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: str
    months: frozenset[int]
    weekdays: str
    years: frozenset[int]

    def has(self, day: date) -> bool:
        """Say whether it comes true on a day."""
        if day.year not in self.years or day.month not in self.months:
            return False
        if self.weekdays == "?":
            return any(_is_day(part, day) for part in self.days.split(","))
        return any(_is_weekday(part, day) for part in self.weekdays.split(","))


def cron_of(fields: list[str]) -> Cron:
    """Return the meaning of six fields that were checked: minutes to years."""
    minutes, hours, days, months, weekdays, years = (field.upper() for field in fields)
    return Cron(
        tuple(sorted(values(minutes, 0, 59))),
        tuple(sorted(values(hours, 0, 23))),
        days,
        frozenset(values(months, 1, 12, MONTHS)),
        weekdays,
        frozenset(values(years, FIRST_YEAR, LAST_YEAR)),
    )


def values(field: str, low: int, high: int, words: tuple[str, ...] = ()) -> set[int]:
    """Return the numbers that a field of values, ranges and steps stands for.

    Args:
        field: Such as `0/15`, `MON-FRI` or `1,3`; in capitals.
        low: The least value, which the first of `words` names.
        high: The greatest; a range that ends before it begins goes on from `low`.
        words: Names of the values.
    """
    found: set[int] = set()
    for part in field.split(","):
        base, slash, step = part.partition("/")
        first, dash, last = base.partition("-")
        start = low if base == "*" else _value(first, low, words)
        # `5/10` begins at 5 and goes on to the end; `5` is 5 alone.
        end = _value(last, low, words) if dash else high if base == "*" or slash else start
        span = end - start if end >= start else end - start + high - low + 1
        steps = range(0, span + 1, int(step) if slash else 1)
        found.update(low + (start - low + each) % (high - low + 1) for each in steps)
    return found


def _value(text: str, low: int, words: tuple[str, ...]) -> int:
    return words.index(text) + low if text in words else int(text)


def _is_day(part: str, day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    if part == "L":
        return day.day == last
    if part == "LW":
        return day == _nearest_working_day(day.replace(day=last))
    if found := re.fullmatch(r"(\d+)W", part):
        wanted = int(found[1])
        return wanted <= last and day == _nearest_working_day(day.replace(day=wanted))
    return day.day in values(part, 1, 31)


def _is_weekday(part: str, day: date) -> bool:
    number = day.isoweekday() % _DAYS_OF_A_WEEK + 1  # 1 is Sunday
    if part == "L":
        return number == _DAYS_OF_A_WEEK
    if found := re.fullmatch(r"(\d)L", part):
        in_last_week = (day + timedelta(days=_DAYS_OF_A_WEEK)).month != day.month
        return number == int(found[1]) and in_last_week
    if found := re.fullmatch(r"(\d)#(\d)", part):
        week = (day.day - 1) // _DAYS_OF_A_WEEK + 1
        return (number, week) == (int(found[1]), int(found[2]))
    return number in values(part, 1, 7, DAYS)


def _nearest_working_day(day: date) -> date:
    """Return the weekday nearest to a day, of the same month."""
    last = monthrange(day.year, day.month)[1]
    if day.weekday() == _SATURDAY:
        return day + timedelta(days=2) if day.day == 1 else day - timedelta(days=1)
    if day.weekday() == _SUNDAY:
        return day - timedelta(days=2) if day.day == last else day + timedelta(days=1)
    return day
