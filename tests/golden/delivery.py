"""Firehose: records on their way to a bucket, transformed one by one, and by partition."""

from typing import Any

import sparta
from sparta import events
from sparta.aws import Bucket, DeliveryStream

kept = Bucket("Kept")
clicks = DeliveryStream("Clicks", bucket=kept, prefix="clicks/", compression="GZIP")
sales = DeliveryStream(
    "Sales",
    bucket=kept,
    prefix="sales/!{partitionKeyFromLambda:country}/",
    error_prefix="failed/!{firehose:error-output-type}/",
    buffer_mb=64,
    buffer_s=60,
    dynamic_partitioning=True,
)


class Click(sparta.Model):
    page: str


@sparta.function(uses=[sales.write()])
def sell() -> None:
    """Sell."""


@sparta.function(on=clicks.records(buffer_mb=1, buffer_s=60, retries=3))
def clean(record: events.FirehoseRecord[Click]) -> Click | None:
    """Drop clicks on nothing."""
    return record.payload if record.payload.page else None


@sparta.function(timeout_s=60, alias="live", on=sales.records())
def place(event: events.Firehose) -> dict[str, Any]:
    """Say of which country a sale is."""
    return event.answer(
        each.transformed(each.content, partition_keys={"country": "it"}) for each in event.records
    )


if __name__ == "__main__":
    sparta.main("Delivery", "Keeps records", functions=[sell, clean, place])
