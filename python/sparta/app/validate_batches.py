"""Checks the batches of event source mappings: their size and the time to wait for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.app.limits import BATCH_SIZE, BATCH_SIZE_WITHOUT_WINDOW, WINDOW_S
from sparta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.aws.queue import QueueMessages


def batch_problems(trigger: QueueMessages) -> Iterator[Problem]:
    """Yield what is wrong with the batches that a queue's messages come in."""
    place = trigger.declared_at
    if trigger.batch_size not in BATCH_SIZE:
        what = f"batch_size={trigger.batch_size} is out of range"
        yield Problem(what, where=place, fix="use a whole number from 1 to 10000")
    if trigger.window_s not in WINDOW_S:
        what = f"window_s={trigger.window_s} is out of range"
        yield Problem(what, where=place, fix="use a whole number of seconds from 0 to 300")
    elif trigger.batch_size > BATCH_SIZE_WITHOUT_WINDOW and trigger.window_s == 0:
        what = f"batch_size={trigger.batch_size} needs a window"
        yield Problem(what, where=place, fix="add window_s=1 or more, or take at most 10")
