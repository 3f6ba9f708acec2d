"""`schedule`: a trigger that fires by the clock, by way of EventBridge Scheduler.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

from sparta.events.schedule import Scheduled
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger


class Schedule(Trigger[Scheduled]):
    """Fires by the clock."""

    __slots__ = ("expression", "timezone")
    event_type = Scheduled

    def __init__(self, expression: str, timezone: str, declared_at: str) -> None:
        super().__init__(declared_at)
        self.expression = expression
        self.timezone = timezone


def schedule(expression: str, *, timezone: str = "UTC") -> Schedule:
    """Return the trigger that fires by the clock.

    Args:
        expression: `rate(5 minutes)`, `cron(0 3 * * ? *)` or `at(2027-01-01T00:00:00)`.
        timezone: The zone the expression is meant in, such as `Europe/Rome`.
    """
    return Schedule(expression, timezone, declared_at())
