"""Handlers of events that their source sends by itself: each tells what the typed event says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sparta
from sparta import events


class Paid(sparta.Model):
    order: str
    total: float
    lines: list[str] = []  # noqa: RUF012 - a Model's default


@dataclass(frozen=True)
class Span:
    days: int


def attributes(event: object, *names: str) -> dict[str, Any]:
    return {name: getattr(event, name) for name in names}


def topic(event: events.Sns) -> list[Any]:
    names = ("message", "subject", "message_id", "topic_arn", "timestamp", "attributes")
    return [attributes(record, *names) for record in event.records]


def typed_topic(event: events.Sns[Paid]) -> list[Any]:
    return [[record.payload.order, record.payload.total] for record in event.records]


def untyped_topic(event: events.Sns) -> list[Any]:
    return [record.payload for record in event.records]


def bus(event: events.EventBridge) -> dict[str, Any]:
    names = ("id", "source", "detail_type", "account", "time", "region", "resources", "detail")
    return attributes(event, *names, "replay_name")


def typed_bus(event: events.EventBridge[Paid]) -> list[Any]:
    return [event.detail.order, event.detail.total, event.detail.lines, event.detail_type]


def clock(event: events.Scheduled[Span]) -> list[Any]:
    return [event.detail.days, event.time, event.schedule_arn]


def plain_clock(event: events.Scheduled) -> list[Any]:
    return [event.detail, event.time]


def repository(event: events.CodeCommit) -> dict[str, Any]:
    names = ("event_name", "repository", "repository_id", "reference_type", "reference")
    return attributes(event, *names, "commit_id", "old_commit_id", "caller_arn", "resources")


def compliance(event: events.ConfigRule) -> dict[str, Any]:
    names = ("message_type", "configuration_item", "configuration_item_summary", "parameters")
    told = ("result_token", "left_scope", "rule_name", "rule_arn", "account_id")
    return attributes(event, *names, *told)


def mail(event: events.Ses) -> list[Any]:
    names = ("message_id", "sender", "recipients", "destination", "subject", "timestamp")
    verdicts = ("spam", "virus", "spf", "dkim", "dmarc")
    return [
        {
            **attributes(record, *names, *verdicts),
            "headers": [list(each) for each in record.headers],
        }
        for record in event.records
    ]


def objects(event: events.S3) -> list[Any]:
    names = ("event_name", "bucket", "key", "reason", "deletion_type", "storage_class")
    told = ("restored_until", "sequencer", "version_id")
    return [attributes(record, *names, *told) for record in event.records]


def several(event: events.EventBridge[Paid] | events.S3 | events.CodeCommit | events.Ses) -> str:
    return type(event).__name__
