"""Events have AWS's shape, whatever the emulator makes of them."""

from __future__ import annotations

from typing import Any

import pytest

from sparta.local.event_shapes import as_on_aws

REQUEST: dict[str, Any] = {
    "version": "2.0",
    "headers": {"cookie": "a=1; b=2", "host": "x"},
    "requestContext": {"apiId": "abc", "http": {"method": "GET"}},
}


def test_the_cookies_of_a_request_are_a_list() -> None:
    event = as_on_aws(REQUEST)
    assert isinstance(event, dict)
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["headers"] == {"host": "x"}
    assert event["requestContext"]["domainPrefix"] == "abc"
    assert REQUEST["headers"] == {"cookie": "a=1; b=2", "host": "x"}  # the caller's is not changed


def test_without_cookies_there_is_no_list() -> None:
    event = as_on_aws(REQUEST | {"headers": {}})
    assert isinstance(event, dict)
    assert "cookies" not in event


def test_the_scheduler_sends_its_detail_as_text() -> None:
    assert as_on_aws({"source": "aws.scheduler", "detail": {}}) == {
        "source": "aws.scheduler",
        "detail": "{}",
    }


def test_a_notification_has_the_names_of_lambda() -> None:
    record = {"EventSource": "aws:sns", "Sns": {"Message": "m", "SigningCertURL": "u"}}
    assert as_on_aws({"Records": [record]}) == {
        "Records": [
            {
                "EventSource": "aws:sns",
                "Sns": {
                    "Subject": None,
                    "MessageAttributes": {},
                    "Message": "m",
                    "SigningCertUrl": "u",
                },
            }
        ]
    }


@pytest.mark.parametrize(
    "event", [None, [1], "text", {}, {"Records": []}, {"Records": [{"eventSource": "aws:sqs"}]}]
)
def test_everything_else_is_untouched(event: object) -> None:
    assert as_on_aws(event) == event
