"""Scheduled events: what EventBridge Scheduler sends when a schedule fires.

The template gives the schedule an input of this shape, the one that EventBridge rules send too.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""

from __future__ import annotations

from sparta.events.event import Event
from sparta.model.generic import D, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from sparta.events.event import Payload


class Scheduled(Event, Generic[D]):
    """One firing of a schedule. `Scheduled[Settings]` decodes the schedule's input first."""

    __slots__ = ("_detail",)
    sources = ("aws.scheduler", "aws.events")

    _detail: D

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event with the schedule's input decoded.

        Raises:
            EventError: The input does not fit.
        """
        event = cls(raw)
        detail = raw.get("detail") if isinstance(raw, dict) else raw
        object.__setattr__(event, "_detail", payload.of(detail, "event.detail"))
        return event

    @property
    def detail(self) -> D:
        """The schedule's `input=`; an empty object where it has none."""
        try:
            return self._detail
        except AttributeError:
            detail: D = self.raw.get("detail", {})
            return detail

    @property
    def time(self) -> str:
        """When it was due, ISO 8601 in UTC."""
        return str(self.raw.get("time", ""))

    @property
    def schedule_arn(self) -> str:
        """The ARN of the schedule (or rule) that fired; empty where the event names none."""
        resources: list[str] = self.raw.get("resources") or []
        return resources[0] if resources else ""
