"""Batches of streams of which records failed: where they begin when they come again."""

from __future__ import annotations

from typing import Any

from sparta.local.stream_failures import Checkpoints

ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/s"
MAPPING = {
    "FunctionName": "f",
    "EventSourceArn": ARN,
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
}


def batch(*numbers: int, shard: str = "shard-0") -> dict[str, Any]:
    return {
        "Records": [
            {
                "eventSource": "aws:kinesis",
                "eventSourceARN": ARN,
                "eventID": f"{shard}:{number}",
                "kinesis": {"sequenceNumber": str(number)},
            }
            for number in numbers
        ]
    }


def failures(*numbers: int) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": str(number)} for number in numbers]}


def test_it_begins_again_with_the_first_that_failed() -> None:
    checkpoints = Checkpoints()
    assert checkpoints.failed("f", batch(1, 2, 3), failures(3, 2), [MAPPING])
    assert checkpoints.remaining("f", batch(1, 2, 3, 4)) == batch(2, 3, 4)
    assert checkpoints.remaining("f", batch(1, 2, shard="shard-1")) == batch(1, 2, shard="shard-1")
    assert checkpoints.remaining("g", batch(1, 2)) == batch(1, 2)
    assert not checkpoints.failed("f", batch(2, 3, 4), failures(), [MAPPING])
    assert checkpoints.remaining("f", batch(1, 2)) == batch(1, 2)


def test_an_unknown_record_is_the_whole_batch() -> None:
    checkpoints = Checkpoints()
    assert checkpoints.failed("f", batch(1, 2), failures(9), [MAPPING])
    assert checkpoints.remaining("f", batch(1, 2)) == batch(1, 2)


def test_nobody_asked_for_reports() -> None:
    silent = MAPPING | {"FunctionResponseTypes": []}
    assert not Checkpoints().failed("f", batch(1), failures(1), [silent])
    assert not Checkpoints().failed("f", batch(1), None, [MAPPING])
    assert not Checkpoints().failed("f", {"Records": []}, failures(1), [MAPPING])
    assert Checkpoints().remaining("f", "text") == "text"
