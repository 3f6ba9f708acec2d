"""Moments that an application names: a datetime, or text in a time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def moment(value: datetime | str, timezone: str) -> datetime:
    """Return a moment in UTC.

    Args:
        value: A datetime, or text such as `2027-01-01T00:00:00` or `2027-01-01T00:00:00Z`.
        timezone: The zone that is meant where the value names none.

    Raises:
        ValueError: The text is no moment.
    """
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(timezone))
    return found.astimezone(UTC)


def utc_text(value: datetime | str, timezone: str) -> str:
    """Return a moment as AWS writes it, such as `2026-12-31T23:00:00Z`; raises as `moment`."""
    return moment(value, timezone).strftime("%Y-%m-%dT%H:%M:%SZ")
