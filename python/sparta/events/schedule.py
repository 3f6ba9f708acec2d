"""Scheduled events: what EventBridge Scheduler sends when a schedule fires.

The template gives the schedule an input of this shape, the one that EventBridge rules send too.
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""

from __future__ import annotations

from sparta.events.event import Event


class Scheduled(Event):
    """One firing of a schedule."""

    __slots__ = ()
    sources = ("aws.scheduler", "aws.events")

    @property
    def time(self) -> str:
        """When it was due, ISO 8601 in UTC."""
        return str(self.raw.get("time", ""))

    @property
    def schedule_arn(self) -> str:
        """The ARN of the schedule (or rule) that fired; empty where the event names none."""
        resources: list[str] = self.raw.get("resources") or []
        return resources[0] if resources else ""
