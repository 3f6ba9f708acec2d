"""The sample events fit the triggers and routes that they are for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sparta import events
from sparta.aws import Bucket, Queue, Topic
from sparta.measure.sample_events import EVENTS, request, sample_event


def function(*triggers: Any) -> Any:
    return SimpleNamespace(on=triggers)


def without_api() -> Any:
    return SimpleNamespace(api=None)


@pytest.mark.parametrize(
    ("trigger", "kind"),
    [
        (Queue("Jobs").messages(), "Sqs"),
        (Topic("News").messages(), "Sns"),
        (Bucket("Files").created(), "S3"),
    ],
)
def test_the_first_trigger_decides(trigger: Any, kind: str) -> None:
    assert sample_event(without_api(), function(trigger)) is EVENTS[kind]


def test_a_function_without_trigger_gets_an_empty_event() -> None:
    assert sample_event(without_api(), function()) == {}


@pytest.mark.parametrize("kind", EVENTS)
def test_each_can_be_read_as_what_its_trigger_sends(kind: str) -> None:
    event = getattr(events, kind)(EVENTS[kind])
    if "Records" in EVENTS[kind]:
        (record,) = event.records
        assert record is not None


def test_a_route_gets_a_request_to_it() -> None:
    one = function()
    route = SimpleNamespace(function=one, method="POST", path="/orders/{id}")
    application: Any = SimpleNamespace(api=SimpleNamespace(routes=[route]))
    event = sample_event(application, one)
    assert event == request("POST", "/orders/{id}")
    assert event["rawPath"] == "/orders/1"
    assert event["pathParameters"] == {"id": "1"}
    assert event["body"] == "{}"
