"""When a schedule fires next, worked out without AWS.

On the wall clock of the schedule's zone: a time that daylight saving skips does not come, one that
it repeats comes once.
Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sparta.app.cron import LAST_YEAR, cron_of
from sparta.app.moment import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.cron import Cron
    from sparta.triggers.clock import Schedule

_LONGEST_SEARCH = timedelta(days=366 * 40)
"""No day is rarer than 29 February on one weekday: at most 40 years, around 2100."""
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def next_runs(schedule: Schedule, after: datetime, count: int = 3) -> list[datetime]:
    """Return the next times that a schedule fires, in its own zone, at most `count`.

    Args:
        schedule: A schedule that was checked.
        after: The moment to look from, with a time zone. A rate without `start=` counts from when
            it is deployed: from this moment, as far as is known here.
        count: How many.
    """
    zone = ZoneInfo(schedule.timezone)
    start, end = (schedule.options.get(name) for name in ("start", "end"))
    first = None if start is None else moment(start, schedule.timezone)  # type: ignore[arg-type]
    last = None if end is None else moment(end, schedule.timezone)  # type: ignore[arg-type]
    if not schedule.options.get("enabled", True):
        return []
    runs = islice(_runs(schedule.expression, zone, after, first), count)
    return [run.astimezone(zone) for run in runs if last is None or run <= last]


def _runs(
    expression: str, zone: ZoneInfo, after: datetime, start: datetime | None
) -> Iterator[datetime]:
    kind, _, rest = expression.partition("(")
    inner = rest.removesuffix(")")
    if kind == "rate":
        count, unit = inner.split(" ")
        yield from _by_rate(int(count) * _UNITS[unit.removesuffix("s")], after, start)
    elif kind == "at":
        once = datetime.fromisoformat(inner).replace(tzinfo=zone).astimezone(UTC)
        if once > after:
            yield once
    else:
        begin = after if start is None else max(after, start - timedelta(seconds=1))
        yield from _by_cron(cron_of(inner.split()), zone, begin)


def _by_rate(every: timedelta, after: datetime, start: datetime | None) -> Iterator[datetime]:
    run = after if start is None else start
    if run <= after:
        run += ((after - run) // every + 1) * every
    while True:
        yield run.astimezone(UTC)
        run += every


def _by_cron(cron: Cron, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    for day in _days(cron, after.astimezone(zone).date()):
        for hour in cron.hours:
            for minute in cron.minutes:
                wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                run = wall.astimezone(UTC)
                exists = run.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
                if exists and run > after:
                    yield run


def _days(cron: Cron, first: date) -> Iterator[date]:
    """Yield the days on which it comes true; ends where none can follow any more."""
    day, found = first, first
    while day.year <= LAST_YEAR and day - found <= _LONGEST_SEARCH:
        if cron.has(day):
            found = day
            yield day
        day = _following(cron, day)


def _following(cron: Cron, day: date) -> date:
    """Return the next day to look at: months and years that do not count are passed over."""
    if day.year not in cron.years:
        return date(day.year + 1, 1, 1)
    if day.month not in cron.months:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(days=1)


def never_fires(schedule: Schedule) -> bool:
    """Say whether a cron expression, right in each field, names no day that exists."""
    found = re.fullmatch(r"cron\((.*)\)", schedule.expression)
    if found is None:
        return False
    cron = cron_of(found[1].split())
    return next(_days(cron, date(min(cron.years), 1, 1)), None) is None
