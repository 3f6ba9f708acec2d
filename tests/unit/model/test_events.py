"""Typed events over the shapes that AWS documents."""

from __future__ import annotations

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta import events
from sparta.events.s3 import unquote_plus
from sparta.model.request import Request

EVENTBRIDGE = {
    "version": "0",
    "detail-type": "Object Created",
    "source": "aws.s3",
    "detail": {
        "version": "0",
        "bucket": {"name": "uploads"},
        "object": {"key": "a b+c.csv", "size": 5, "etag": "b1946ac9", "version-id": "v1"},
        "reason": "PutObject",
    },
}
NOTIFICATION = {
    "Records": [
        {
            "eventName": "ObjectCreated:Put",
            "s3": {
                "bucket": {"name": "uploads"},
                "object": {"key": "a+b%2Bc.csv", "size": 5, "eTag": "b1946ac9"},
            },
        }
    ]
}


@pytest.mark.parametrize("raw", [EVENTBRIDGE, NOTIFICATION], ids=["eventbridge", "notification"])
def test_s3_has_one_type_over_both_shapes(raw: dict[str, object]) -> None:
    (record,) = events.S3(raw).records
    assert (record.bucket, record.key, record.size_bytes) == ("uploads", "a b+c.csv", 5)
    assert record.etag == "b1946ac9"
    assert record.event_name.startswith(("Object Created", "ObjectCreated"))


@given(st.text())
def test_unquote_plus_agrees_with_the_standard_library(key: str) -> None:
    quoted = urllib.parse.quote_plus(key.encode("utf-8", "replace"))
    assert unquote_plus(quoted) == urllib.parse.unquote_plus(quoted)


@given(st.text("%+aF0 é"))
def test_unquote_plus_survives_what_is_not_quoted(text: str) -> None:
    unquote_plus(text)


def test_sqs_sns_schedule_and_dynamodb() -> None:
    sqs = events.Sqs({"Records": [{"messageId": "1", "body": "x", "receiptHandle": "r"}]})
    assert [(record.message_id, record.body) for record in sqs.records] == [("1", "x")]
    sns = events.Sns({"Records": [{"Sns": {"Message": "m", "MessageId": "2", "TopicArn": "t"}}]})
    assert (sns.records[0].message, sns.records[0].subject) == ("m", None)
    scheduled = events.Scheduled({"time": "2027-01-01T00:00:00Z", "resources": ["arn:s"]})
    assert (scheduled.time, scheduled.schedule_arn) == ("2027-01-01T00:00:00Z", "arn:s")
    change = {"eventName": "INSERT", "dynamodb": {"Keys": {"id": {"S": "1"}}}}
    (record,) = events.DynamoDB({"Records": [change]}).records
    assert (record.event_name, record.keys, record.new_image) == (
        "INSERT",
        {"id": "1"},
        None,
    )


def test_events_are_frozen_and_keep_the_raw_json() -> None:
    event = events.S3(EVENTBRIDGE)
    assert event.raw is EVENTBRIDGE
    with pytest.raises(AttributeError, match="frozen"):
        event.raw = {}


def test_request_reads_payload_format_2() -> None:
    raw = {
        "version": "2.0",
        "routeKey": "GET /orders/{id}",
        "rawPath": "/orders/7",
        "headers": {"accept": "a,b"},
        "queryStringParameters": {"q": "1"},
        "pathParameters": {"id": "7"},
        "cookies": ["a=1"],
        "requestContext": {"http": {"method": "GET", "path": "/orders/7", "sourceIp": "1.2.3.4"}},
    }
    request = Request(raw, None)
    assert (request.method, request.path, request.route) == (
        "GET",
        "/orders/7",
        "GET /orders/{id}",
    )
    assert request.path_parameters["id"] == "7"
    assert request.query == {"q": "1"}
    assert request.headers == {"accept": "a,b"}
    assert request.cookies == ["a=1"]
    assert request.source_ip == "1.2.3.4"
    assert Request({}, None).headers == {}
