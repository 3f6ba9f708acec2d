"""Whether a mapping has to take partial failures, by the handler's annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta import Function, events
from sparta.app.failure_reports import reports_failures
from sparta.aws import Queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.events import BatchFailures

jobs = Queue("Jobs")


def one(record: events.SqsRecord) -> None: ...


def named(event: events.Sqs) -> events.BatchFailures | None: ...


def unimported(event: events.Sqs) -> BatchFailures:
    raise NotImplementedError


def silent(event: events.Sqs) -> dict[str, Any]:
    raise NotImplementedError


@pytest.mark.parametrize(
    ("handler", "said", "wanted"),
    [
        (one, {}, True),
        (named, {}, True),
        (unimported, {}, True),
        (silent, {}, False),
        (silent, {"report_failures": True}, True),
        (named, {"report_failures": False}, False),
    ],
)
def test_by_annotation_or_by_option(handler: Callable[..., Any], said: Any, wanted: bool) -> None:
    trigger = jobs.messages(**said)
    assert reports_failures(Function(handler, on=trigger), trigger) is wanted
