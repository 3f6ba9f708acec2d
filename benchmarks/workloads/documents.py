"""Workloads that no HTTP API sends: messages of a queue, large documents, numbers for pandas.

Source of the messages' shape: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from workloads.workload import Exchange, document_of, expect

if TYPE_CHECKING:
    from sparta.local.runtime_api import Outcome

MESSAGES = 10
REFUSED = 6
"""The message that asks for nothing, and fails: the answer names it."""
NUMBERS = [number * 0.25 for number in range(200)]


def _message(number: int) -> dict[str, Any]:
    quantity = 0 if number == REFUSED else number + 1
    note = "." * 120
    return {
        "messageId": f"059f36b4-87a3-44ab-83d2-66197597000{number}",
        "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a" * 4,
        "body": json.dumps({"sku": f"lamp-{number}", "quantity": quantity, "note": note}),
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1545082649183",
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": "1545082649185",
        },
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:orders",
        "awsRegion": "us-east-1",
    }


def _record(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"customer {number}",
        "city": "Trastevere, è Roma" if number % 3 else 'the "old" port\n',
        "balance": number * 1.25,
        "active": number % 2 == 0,
        "tags": ["retail", "eu", None],
        "address": {"street": f"Via Appia {number}", "postcode": "00179", "floor": number % 9},
    }


def _document(size_bytes: int) -> dict[str, Any]:
    """Return records of all kinds of values that are encoded as about `size_bytes`."""
    of_one = len(json.dumps(_record(1000), ensure_ascii=False).encode()) + 2
    return {"records": [_record(number) for number in range(size_bytes // of_one)]}


def _encoded(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _sent_back(document: dict[str, Any], outcome: Outcome) -> None:
    answer = document_of(outcome)
    expect("the count", answer.get("count"), len(document["records"]))
    expect("the records", answer.get("records"), document["records"])


def _failed_one(outcome: Outcome) -> None:
    failed = [{"itemIdentifier": _message(REFUSED)["messageId"]}]
    expect("the failures", document_of(outcome), {"batchItemFailures": failed})


def _summed(outcome: Outcome) -> None:
    wanted = {"count": len(NUMBERS), "mean": sum(NUMBERS) / len(NUMBERS)}
    expect("the answer", document_of(outcome), wanted)


def _large(size_bytes: int) -> Exchange:
    document = _document(size_bytes)
    return Exchange(_encoded(document), partial(_sent_back, document))


SQS_BATCH = Exchange(
    _encoded({"Records": [_message(number) for number in range(MESSAGES)]}), _failed_one
)
JSON_1MB = _large(1_000_000)
JSON_5MB = _large(5_000_000)
HEAVY = Exchange(_encoded({"numbers": NUMBERS}), _summed)
