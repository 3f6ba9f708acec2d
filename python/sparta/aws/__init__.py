"""The resources that applications use most: safe defaults, grants, and the events they give."""

from __future__ import annotations

from sparta.aws.bucket import Bucket
from sparta.aws.event_bus import EventBus
from sparta.aws.parameter import Parameter
from sparta.aws.queue import Queue
from sparta.aws.secret import Secret
from sparta.aws.stream import Stream
from sparta.aws.table import Index, Table
from sparta.aws.topic import Topic

__all__ = [
    "Bucket",
    "EventBus",
    "Index",
    "Parameter",
    "Queue",
    "Secret",
    "Stream",
    "Table",
    "Topic",
]
