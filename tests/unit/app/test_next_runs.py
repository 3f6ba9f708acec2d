"""When schedules fire next: each kind of field, time zones, daylight saving, start and end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparta.app.cron import cron_of
from sparta.app.next_runs import never_fires, next_runs
from sparta.triggers.clock import schedule

SUNDAY = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
CRON = {
    "0 3 * * ? *": ["2026-11-02 03:00", "2026-11-03 03:00", "2026-11-04 03:00"],
    "0/25 12 * * ? *": ["2026-11-01 12:25", "2026-11-01 12:50", "2026-11-02 12:00"],
    "30 8 ? * MON-FRI *": ["2026-11-02 08:30", "2026-11-03 08:30", "2026-11-04 08:30"],
    "0 0 ? * FRI-MON *": ["2026-11-02 00:00", "2026-11-06 00:00", "2026-11-07 00:00"],
    "0 0 L * ? *": ["2026-11-30 00:00", "2026-12-31 00:00", "2027-01-31 00:00"],
    "0 0 LW * ? *": ["2026-11-30 00:00", "2026-12-31 00:00", "2027-01-29 00:00"],
    "0 0 1W * ? *": ["2026-11-02 00:00", "2026-12-01 00:00", "2027-01-01 00:00"],
    "0 0 15W * ? *": ["2026-11-16 00:00", "2026-12-15 00:00", "2027-01-15 00:00"],
    "0 0 ? * 6L *": ["2026-11-27 00:00", "2026-12-25 00:00", "2027-01-29 00:00"],
    "0 0 ? * L *": ["2026-11-07 00:00", "2026-11-14 00:00", "2026-11-21 00:00"],
    "0 0 ? * 3#1 *": ["2026-11-03 00:00", "2026-12-01 00:00", "2027-01-05 00:00"],
    "0 0 29 2 ? *": ["2028-02-29 00:00", "2032-02-29 00:00", "2036-02-29 00:00"],
    "15 10 1,15 JAN,jul ? 2027/2": ["2027-01-01 10:15", "2027-01-15 10:15", "2027-07-01 10:15"],
    "0 9 * * ? 2020": [],
    "0 23 31 12 ? 2026": ["2026-12-31 23:00"],
}


def runs(expression: str, timezone: str = "UTC", **options: str) -> list[str]:
    found = next_runs(schedule(expression, timezone=timezone, **options), SUNDAY)  # type: ignore[arg-type]
    return [run.strftime("%Y-%m-%d %H:%M") for run in found]


@pytest.mark.parametrize(("fields", "expected"), CRON.items())
def test_cron(fields: str, expected: list[str]) -> None:
    assert runs(f"cron({fields})") == expected


def test_a_cron_expression_is_meant_in_its_zone() -> None:
    (first, *_) = next_runs(schedule("cron(0 9 * * ? *)", timezone="Asia/Tokyo"), SUNDAY)
    assert first.isoformat() == "2026-11-02T09:00:00+09:00"
    assert first.astimezone(UTC).isoformat() == "2026-11-02T00:00:00+00:00"


def test_a_time_that_daylight_saving_skips_does_not_come() -> None:
    before = datetime(2027, 3, 27, 12, tzinfo=UTC)
    found = next_runs(schedule("cron(30 2 * * ? *)", timezone="Europe/Rome"), before)
    assert [run.day for run in found] == [29, 30, 31]


def test_a_time_that_daylight_saving_repeats_comes_once() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    found = next_runs(schedule("cron(30 2 * * ? *)", timezone="Europe/Rome"), before)
    assert [run.isoformat() for run in found[:2]] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-26T02:30:00+01:00",
    ]


def test_a_rate_counts_from_its_start_or_from_now() -> None:
    assert runs("rate(2 hours)") == ["2026-11-01 14:00", "2026-11-01 16:00", "2026-11-01 18:00"]
    begun = runs("rate(1 day)", start="2026-10-30T06:00:00Z")
    assert begun == ["2026-11-02 06:00", "2026-11-03 06:00", "2026-11-04 06:00"]
    later = runs("rate(1 day)", start="2027-01-01T00:00:00", timezone="Europe/Rome")
    assert later == ["2027-01-01 00:00", "2027-01-02 00:00", "2027-01-03 00:00"]


def test_at_comes_once() -> None:
    assert runs("at(2026-11-01T14:00:00)", "Europe/Rome") == ["2026-11-01 14:00"]
    assert runs("at(2026-11-01T12:30:00)", "Europe/Rome") == []


def test_nothing_comes_before_the_start_or_after_the_end() -> None:
    found = runs("cron(0 3 * * ? *)", start="2026-12-01T03:00:00Z", end="2026-12-02T03:00:00Z")
    assert found == ["2026-12-01 03:00", "2026-12-02 03:00"]


def test_a_schedule_that_is_switched_off_never_fires() -> None:
    assert next_runs(schedule("rate(1 day)", enabled=False), SUNDAY) == []


@pytest.mark.parametrize(
    ("fields", "never"),
    [("0 0 31 2 ? *", True), ("0 0 30 2,4 ? *", False), ("0 0 29 2 ? 2027", True)],
)
def test_days_that_do_not_exist(fields: str, *, never: bool) -> None:
    assert never_fires(schedule(f"cron({fields})")) is never


PARTS = {
    "minutes": st.sampled_from(["0", "5,35", "0/20", "10-12", "59"]),
    "hours": st.sampled_from(["*", "0", "2", "23", "1/6", "22-3"]),
    "months": st.sampled_from(["*", "2", "JAN,MAR", "11-2"]),
    "years": st.sampled_from(["*", "2027", "2026-2028"]),
    "days": st.sampled_from(
        [
            ("*", "?"),
            ("L", "?"),
            ("1,31", "?"),
            ("30-2", "?"),
            ("?", "MON"),
            ("?", "2#5"),
            ("?", "SAT-SUN"),
        ]
    ),
}


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(PARTS), st.sampled_from(["UTC", "Europe/Rome", "America/Sao_Paulo"]))
def test_no_minute_is_missed_and_none_made_up(parts: dict[str, Any], timezone: str) -> None:
    """Each minute of four months is looked at on its own, on the wall clock of the zone."""
    day, weekday = parts["days"]
    fields = [parts["minutes"], parts["hours"], day, parts["months"], weekday, parts["years"]]
    meaning = cron_of(fields)
    zone, first = ZoneInfo(timezone), datetime(2026, 10, 20, tzinfo=UTC)
    found: list[datetime] = []
    seen: set[datetime] = set()
    hour = first
    while len(found) < 3 and hour < first + timedelta(days=120):
        wall = hour.astimezone(zone)
        if wall.hour in meaning.hours and meaning.has(wall.date()):
            for minute in meaning.minutes:
                run = wall.replace(minute=minute, fold=0)
                if run.replace(tzinfo=None) not in seen and run.astimezone(UTC) > first:
                    found.append(run.replace(tzinfo=None))
                seen.add(run.replace(tzinfo=None))
        hour += timedelta(hours=1)
    trigger = schedule(f"cron({' '.join(fields)})", timezone=timezone)
    runs = [run.replace(tzinfo=None) for run in next_runs(trigger, first)]
    assert runs[: len(found)] == found[:3]
