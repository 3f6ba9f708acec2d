"""`alarm`: somebody is told when a metric passes a threshold.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.operations.operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Literal

    from sparta.aws.topic import Topic
    from sparta.cfn.resource import Resource
    from sparta.operations.metric import Comparison

    Missing = Literal["breaching", "ignore", "missing", "notBreaching"]
    Notified = Topic | Resource | str


class Alarm(Operation):
    """An alarm; made by `alarm(...)`."""

    def __init__(
        self,
        watched: Comparison,
        name: str,
        declared_at: str,
        *,
        minutes: float,
        periods: int,
        breaching_periods: int | None,
        notify: tuple[Notified, ...],
        notify_ok: tuple[Notified, ...],
        missing: Missing,
        description: str,
    ) -> None:
        super().__init__(name, declared_at)
        self.watched = watched
        self.minutes = minutes
        self.periods = periods
        self.breaching_periods = breaching_periods
        self.notify = notify
        self.notify_ok = notify_ok
        self.missing = missing
        self.description = description

    @property
    def refers_to(self) -> tuple[object, ...]:
        """Who is told, and the functions that are watched."""
        measured: Any = getattr(
            self.watched, "measured", None
        )  # what else it may be is checked later
        watched = measured.statistics if measured is not None else ()
        return (*self.notify, *self.notify_ok, *(one.metric.function for one in watched))


def alarm(
    watched: Comparison,
    /,
    *,
    minutes: float = 1,
    periods: int = 1,
    breaching_periods: int | None = None,
    notify: Notified | Sequence[Notified] = (),
    notify_ok: Notified | Sequence[Notified] = (),
    missing: Missing = "notBreaching",
    name: str | None = None,
    description: str = "",
) -> Alarm:
    """Return an alarm, for `sparta.main(operations=[...])`.

    `sparta.alarm(fn.errors.sum() >= 1, minutes=5, notify=topic)`

    Args:
        watched: A statistic compared with a number.
        minutes: The length of a period: a sixth (10 s), a half (30 s), or whole minutes, at most a
            day together with `periods`.
        periods: How many periods are looked at.
        breaching_periods: In how many of them it has to be so; all of them if not given.
        notify: Who is told: a topic, or the ARN of something that alarms can act on; or several.
        notify_ok: Who is told when it is over.
        missing: What a period without values counts as.
        name: Its name within the application; made of what is watched if not given.
        description: What the notification says; made of what is watched if not given.
    """
    return Alarm(
        watched,
        name if name is not None else getattr(getattr(watched, "measured", None), "label", ""),
        declared_at(),
        minutes=minutes,
        periods=periods,
        breaching_periods=breaching_periods,
        notify=_several(notify),
        notify_ok=_several(notify_ok),
        missing=missing,
        description=description,
    )


def _several(notified: Notified | Sequence[Notified]) -> tuple[Notified, ...]:
    several: Any = notified if isinstance(notified, (list, tuple)) else (notified,)
    return tuple(several)
