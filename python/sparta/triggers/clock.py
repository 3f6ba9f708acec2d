"""`schedule`: a trigger that fires by the clock, by way of EventBridge Scheduler.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

from sparta.events.schedule import Scheduled
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any, TypedDict, Unpack

    from sparta.cfn.resource import Resource

    class ScheduleOptions(TypedDict, total=False):
        """What a schedule may say beside its expression and time zone; see `schedule`."""

        start: datetime | str | None
        end: datetime | str | None
        flexible_minutes: int
        input: Mapping[str, Any] | None
        retries: int | None
        event_age_s: int | None
        dead_letter: Resource | str | None
        enabled: bool
        description: str


class Schedule(Trigger[Scheduled]):
    """Fires by the clock."""

    __slots__ = ("expression", "options", "timezone")
    event_type = Scheduled

    def __init__(
        self, expression: str, timezone: str, options: ScheduleOptions, declared_at: str
    ) -> None:
        super().__init__(declared_at)
        self.expression = expression
        self.timezone = timezone
        self.options = options

    @property
    def linked(self) -> tuple[object, ...]:
        """The queue for firings that cannot be delivered, if any."""
        return (self.options.get("dead_letter"),)


def schedule(
    expression: str, *, timezone: str = "UTC", **options: Unpack[ScheduleOptions]
) -> Schedule:
    """Return the trigger that fires by the clock; `sparta describe` shows its next three runs.

    Args:
        expression: `rate(5 minutes)`, `cron(0 3 * * ? *)` or `at(2027-01-01T00:00:00)`.
        timezone: The zone the expression is meant in, such as `Europe/Rome`.
        options: `start` and `end`: not before, not after; a datetime, or text such as
            `2027-01-01T00:00:00`, in `timezone` where it names no zone. `flexible_minutes`: fires
            some time within so many minutes, 1 to 1,440; 0 for on time. `input`: JSON that the
            handler finds as `event.detail`. `retries` (0 to 185) and `event_age_s` (60 to 86,400
            s): how often and how long a failing delivery is tried again. `dead_letter`: the queue,
            or the ARN of one, for what was not delivered. `enabled`: whether it fires at all.
            `description`: up to 512 characters.
    """
    return Schedule(expression, timezone, options, declared_at())
