"""Triggers whose source is no resource of `sparta.aws`: where else events may come from."""

from __future__ import annotations

from sparta.triggers import filters
from sparta.triggers.broker import activemq, rabbitmq
from sparta.triggers.change_stream import documentdb
from sparta.triggers.clock import schedule
from sparta.triggers.existing import dynamodb, kinesis, queue
from sparta.triggers.kafka_topics import kafka, msk

__all__ = [
    "activemq",
    "documentdb",
    "dynamodb",
    "filters",
    "kafka",
    "kinesis",
    "msk",
    "queue",
    "rabbitmq",
    "schedule",
]
