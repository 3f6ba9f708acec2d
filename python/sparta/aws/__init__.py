"""The resources that applications use most: safe defaults, grants, and the events they give."""

from __future__ import annotations

from sparta.aws.bucket import Bucket
from sparta.aws.delivery_stream import DeliveryStream
from sparta.aws.event_bus import EventBus
from sparta.aws.existing_bucket import ExistingBucket
from sparta.aws.parameter import Parameter
from sparta.aws.queue import Queue
from sparta.aws.receipt_rule_set import ActiveReceiptRuleSet
from sparta.aws.secret import Secret
from sparta.aws.site import Site
from sparta.aws.stream import Stream
from sparta.aws.table import Index, Table
from sparta.aws.topic import Topic

__all__ = [
    "ActiveReceiptRuleSet",
    "Bucket",
    "DeliveryStream",
    "EventBus",
    "ExistingBucket",
    "Index",
    "Parameter",
    "Queue",
    "Secret",
    "Site",
    "Stream",
    "Table",
    "Topic",
]
