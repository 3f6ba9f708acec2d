"""Reads a queue, ten messages at a time, and names those that failed."""

import json

import sparta
from sparta import events
from sparta.aws import Queue

shipments = Queue("Shipments")


@sparta.function(on=shipments.messages(batch_size=10))
def handler(event: events.Sqs) -> dict[str, list[dict[str, str]]]:
    """Ship each order; one that asks for nothing fails."""
    failed = [
        {"itemIdentifier": record.message_id}
        for record in event.records
        if json.loads(record.body)["quantity"] < 1
    ]
    return {"batchItemFailures": failed}


if __name__ == "__main__":
    sparta.main("Benchmark", "Reads a queue", functions=[handler])
