"""Makes EventBridge Scheduler's time zones count: ministack reads every schedule as UTC.

The expression of a schedule with a time zone becomes a text that remembers the zone; the functions
that read expressions look for it. So the sweep itself stays ministack's.
Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable


class ZonedText(str):
    """A schedule's expression, with its time zone."""

    __slots__ = ("zone",)

    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ZonedFields:
    """The parts of a cron expression, as ministack made them, with their time zone."""

    fields: object
    zone: ZoneInfo


def zoned(expression: str, zone_name: str) -> str:
    """Return the expression with its zone; unchanged where that is UTC or not known here."""
    if zone_name in {"", "UTC", "Etc/UTC"}:
        return expression
    text = ZonedText(expression)
    try:
        text.zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError):
        return expression
    return text


def next_in_zone(
    next_fire: Callable[[object, datetime], datetime | None], fields: ZonedFields, after: datetime
) -> datetime | None:
    """Return when a cron expression comes true next, on the wall clock of its zone.

    Args:
        next_fire: Finds the next time in UTC.
        fields: The expression.
        after: The moment to look from, with a time zone.
    """
    # The wall clock's time, called UTC, gives the next wall clock's time, called UTC.
    wall = after.astimezone(fields.zone).replace(tzinfo=UTC)
    found = next_fire(fields.fields, wall)
    return found.replace(tzinfo=fields.zone).astimezone(UTC) if found else None


def install(tick_s: float) -> None:
    """Replace what reads schedules inside ministack, and make it look every `tick_s` seconds."""
    scheduler: Any = importlib.import_module("ministack.services.scheduler")
    events: Any = importlib.import_module("ministack.services.eventbridge")
    tick, at_time = scheduler._tick_schedules, scheduler._at_time_epoch  # noqa: SLF001
    parse, next_fire = events._parse_cron_fields, events._cron_next_fire  # noqa: SLF001

    def ticked() -> None:
        for schedule in list(scheduler._schedules._data.values()):  # noqa: SLF001
            text = schedule.get("ScheduleExpression", "")
            if not isinstance(text, ZonedText):
                zone_name = schedule.get("ScheduleExpressionTimezone") or "UTC"
                schedule["ScheduleExpression"] = zoned(text, zone_name)
        tick()

    def parsed(expr: str) -> object:
        fields = parse(expr)
        if fields is None or not isinstance(expr, ZonedText):
            return fields
        return ZonedFields(fields, expr.zone)

    def next_fired(fields: object, after_dt: datetime) -> datetime | None:
        if isinstance(fields, ZonedFields):
            return next_in_zone(next_fire, fields, after_dt)
        found: datetime | None = next_fire(fields, after_dt)
        return found

    def at_epoch(expr: str) -> float | None:
        epoch: float | None = at_time(expr)
        if epoch is None or not isinstance(expr, ZonedText):
            return epoch
        return datetime.fromtimestamp(epoch, UTC).replace(tzinfo=expr.zone).timestamp()

    scheduler._tick_schedules, scheduler._at_time_epoch = ticked, at_epoch  # noqa: SLF001
    events._parse_cron_fields, events._cron_next_fire = parsed, next_fired  # noqa: SLF001
    scheduler._SCHEDULE_TICK_INTERVAL = tick_s  # noqa: SLF001
    events._SCHEDULER_TICK_INTERVAL = tick_s  # noqa: SLF001
