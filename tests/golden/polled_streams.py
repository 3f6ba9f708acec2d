"""Kinesis streams with all that can be said; for the golden template, never deployed."""

import sparta
from sparta import events, triggers
from sparta.aws import Queue, Stream
from sparta.triggers import filters

clicks = Stream("Clicks")
orders = Stream("Orders", shards=2, retention_hours=48, retain=False)
lost = Queue("Lost")


@sparta.function(
    uses=[clicks.write()],
    on=orders.records(
        batch_size=10,
        start="TRIM_HORIZON",
        where=filters.payload("kind").startswith("order/") | (filters.payload("kind") == "refund"),
        bisect_on_error=True,
        max_age_s=3_600,
        retries=5,
        parallelization=2,
        on_failure=lost,
    ),
)
def take(record: events.KinesisRecord) -> None:
    """Take one record."""


@sparta.function(on=clicks.records(tumbling_window_s=60, retries=0))
def count(event: events.Kinesis) -> dict[str, object]:
    """Count the records of a minute."""
    return {"state": {"count": len(event.records)}}


@sparta.function(
    on=triggers.kinesis(
        "arn:aws:kinesis:us-east-1:123456789012:stream/theirs", start_at=1_767_225_600
    )
)
def replay(event: events.Kinesis) -> None:
    """Take what came since a time."""


if __name__ == "__main__":
    sparta.main("PolledStreams", "Streams", functions=[take, count, replay])
