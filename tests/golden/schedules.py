"""Schedules: time zones, a window, start and end, input, tries."""

import sparta
from sparta import events
from sparta.aws import Queue

missed = Queue("Missed")


class Report(sparta.Model):
    """The input of a schedule."""

    days: int


@sparta.function(
    on=sparta.schedule(
        "cron(30 8 ? * MON-FRI *)",
        timezone="Europe/Rome",
        flexible_minutes=15,
        start="2027-01-01T00:00:00",
        end="2027-12-31T23:59:59Z",
        input={"days": 7, "note": "${not a reference}"},
        retries=2,
        event_age_s=600,
        dead_letter=missed,
        description="Each working morning",
    )
)
def report(event: events.Scheduled[Report]) -> None:
    """Report."""


@sparta.function(
    on=(
        sparta.schedule("rate(5 minutes)", enabled=False),
        sparta.schedule("at(2027-06-30T12:00:00)", timezone="America/New_York"),
    )
)
def tick() -> None:
    """Tick."""


if __name__ == "__main__":
    sparta.main("Schedules", "Does things by the clock", functions=[report, tick])
