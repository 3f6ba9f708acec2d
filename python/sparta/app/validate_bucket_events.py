"""Checks triggers for what happens to objects: each event is one of S3's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.aws.bucket import ObjectEvents

NAMES = (
    "Object ACL Updated",
    "Object Access Tier Changed",
    "Object Created",
    "Object Deleted",
    "Object Restore Completed",
    "Object Restore Expired",
    "Object Restore Initiated",
    "Object Storage Class Changed",
    "Object Tags Added",
    "Object Tags Deleted",
)
"""Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html"""


def object_event_problems(trigger: ObjectEvents) -> Iterator[Problem]:
    """Yield what is wrong with the names of the events, and with the part of the key."""
    place = trigger.declared_at
    if not trigger.names:
        what = "the trigger names no event"
        yield Problem(what, where=place, fix='write bucket.events("Object Deleted")')
    for name in trigger.names:
        if name not in NAMES:
            fix = f"use one of {', '.join(NAMES)}"
            yield Problem(f"S3 has no event {name!r}", where=place, fix=fix)
    for option in ("prefix", "suffix"):
        value: object = getattr(trigger, option)
        if not isinstance(value, str):
            yield Problem(f"{option}={value!r} is no text", where=place)
