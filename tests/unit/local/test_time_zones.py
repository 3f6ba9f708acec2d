"""Schedules follow the wall clock of their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sparta.local.time_zones import ZonedFields, ZonedText, next_in_zone, zoned

ROME = ZoneInfo("Europe/Rome")


def next_at_three(fields: object, after: datetime) -> datetime | None:
    """Stand for the emulator's: the next 03:00 of the clock it is given."""
    assert fields == "cron"
    found = after.replace(hour=3, minute=0)
    return found if found > after else found + timedelta(days=1)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 1, 10, 0, 0, tzinfo=UTC), datetime(2026, 1, 10, 2, 0, tzinfo=UTC)),
        (datetime(2026, 7, 10, 0, 0, tzinfo=UTC), datetime(2026, 7, 10, 1, 0, tzinfo=UTC)),
        (datetime(2026, 7, 10, 1, 0, tzinfo=UTC), datetime(2026, 7, 11, 1, 0, tzinfo=UTC)),
        # The night of 29 March 2026 has no hour from 2 to 3; 3 o'clock is one hour earlier in UTC.
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_three_in_rome(after: datetime, expected: datetime) -> None:
    assert next_in_zone(next_at_three, ZonedFields("cron", ROME), after) == expected


def test_never_stays_never() -> None:
    fields = ZonedFields("cron", ROME)
    assert next_in_zone(lambda _fields, _after: None, fields, datetime.now(UTC)) is None


def test_an_expression_keeps_its_text_and_remembers_its_zone() -> None:
    text = zoned("cron(0 3 * * ? *)", "Europe/Rome")
    assert text == "cron(0 3 * * ? *)"
    assert isinstance(text, ZonedText)
    assert text.zone == ROME


@pytest.mark.parametrize("zone_name", ["", "UTC", "Mars/Olympus", "../etc/passwd"])
def test_utc_and_unknown_zones_change_nothing(zone_name: str) -> None:
    assert type(zoned("rate(1 minute)", zone_name)) is str
