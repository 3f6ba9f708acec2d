"""A small event of each kind that a function may be sent, by the kind of its trigger.

Shapes as documented at https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html; only what
AWS always sends. What a function expects in a body or a message only its author knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.app.function import Function

_REGION = "us-east-1"
_ARN = f"arn:aws:{{}}:{_REGION}:123456789012:sample"
_TIME = "2026-01-01T00:00:00Z"
_EVENTBRIDGE = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "source": "aws.events",
    "account": "123456789012",
    "time": _TIME,
    "region": _REGION,
    "resources": [_ARN.format("events")],
}
EVENTS: dict[str, dict[str, Any]] = {
    "Sqs": {
        "Records": [
            {
                "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": "{}",
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1545082649183",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1545082649185",
                },
                "messageAttributes": {},
                "md5OfBody": "99914b932bd37a50b983c5e7c90ae93b",
                "eventSource": "aws:sqs",
                "eventSourceARN": _ARN.format("sqs"),
                "awsRegion": _REGION,
            }
        ]
    },
    "Sns": {
        "Records": [
            {
                "EventVersion": "1.0",
                "EventSource": "aws:sns",
                "EventSubscriptionArn": f"{_ARN.format('sns')}:21be56ed",
                "Sns": {
                    "Type": "Notification",
                    "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
                    "TopicArn": _ARN.format("sns"),
                    "Subject": None,
                    "Message": "{}",
                    "Timestamp": _TIME,
                    "SignatureVersion": "1",
                    "Signature": "sample",
                    "SigningCertUrl": "https://sns.invalid/sample.pem",
                    "UnsubscribeUrl": "https://sns.invalid/unsubscribe",
                    "MessageAttributes": {},
                },
            }
        ]
    },
    "S3": {
        **_EVENTBRIDGE,
        "detail-type": "Object Created",
        "source": "aws.s3",
        "resources": ["arn:aws:s3:::sample"],
        "detail": {
            "version": "0",
            "bucket": {"name": "sample"},
            "object": {
                "key": "sample.txt",
                "size": 5,
                "etag": "5d41402abc4b2a76b9719d911017c592",
                "sequencer": "00617F08299329D189",
            },
            "request-id": "N4N7GDK58NMKJ12R",
            "requester": "123456789012",
            "reason": "PutObject",
        },
    },
    "Scheduled": {**_EVENTBRIDGE, "detail-type": "Scheduled Event", "detail": "{}"},
    "EventBridge": {**_EVENTBRIDGE, "source": "sample", "detail-type": "Sample", "detail": {}},
    "Kinesis": {
        "Records": [
            {
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": "1",
                    "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                    "data": "e30=",
                    "approximateArrivalTimestamp": 1545084650.987,
                },
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": "shardId-000000000006:4959033827149025660855969253836157109592157598",
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": "arn:aws:iam::123456789012:role/sample",
                "awsRegion": _REGION,
                "eventSourceARN": _ARN.format("kinesis"),
            }
        ]
    },
    "DynamoDB": {
        "Records": [
            {
                "eventID": "c4ca4238a0b923820dcc509a6f75849b",
                "eventName": "INSERT",
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": _REGION,
                "dynamodb": {
                    "ApproximateCreationDateTime": 1545084650,
                    "Keys": {"id": {"S": "1"}},
                    "NewImage": {"id": {"S": "1"}},
                    "SequenceNumber": "4421584500000000017450439091",
                    "SizeBytes": 26,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
                "eventSourceARN": _ARN.format("dynamodb"),
            }
        ]
    },
}


def sample_event(application: Application, function: Function[Any, Any]) -> dict[str, Any]:
    """Return an event as the function's first trigger or route sends it; else an empty one."""
    for trigger in function.on:
        for kind in trigger.event_type.__mro__:
            if kind.__name__ in EVENTS:
                return EVENTS[kind.__name__]
    for route in application.api.routes if application.api else ():
        if route.function is function:
            return request("GET" if route.method == "ANY" else route.method, route.path)
    return {}


def request(method: str, path: str) -> dict[str, Any]:
    """Return a request as an HTTP API sends it; `{id}` of the route's path becomes `1`."""
    names = [part[1:-1].rstrip("+") for part in path.split("/") if part.startswith("{")]
    sent = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": sent,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "sample.invalid"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "sample",
            "domainName": "sample.invalid",
            "domainPrefix": "sample",
            "http": {
                "method": method,
                "path": sent,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "sparta",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1767225600000,
        },
        "isBase64Encoded": False,
    }
    if names:
        event["pathParameters"] = dict.fromkeys(names, "1")
    if method in {"POST", "PUT", "PATCH"}:
        event["body"] = "{}"
    return event
