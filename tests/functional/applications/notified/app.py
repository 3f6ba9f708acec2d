"""Functions that buckets tell of objects by their own configuration, for the test."""

import boto3

import sparta
from sparta import events
from sparta.aws import ActiveReceiptRuleSet, Bucket, Table

seen = Table("Seen", key="id", retain=False)
own = Bucket("Own", retain=False)
theirs = Bucket.existing("notified-theirs")


def record(event: events.S3, kind: str) -> None:
    for found in event.records:
        item = {"id": {"S": f"{kind}:{found.bucket}/{found.key}"}, "raw": {"S": str(event.raw)}}
        boto3.client("dynamodb").put_item(TableName=seen.name, Item=item)


@sparta.function(
    timeout_s=10,
    uses=[seen.write()],
    on=(own.created(prefix="in/", via="notification"), theirs.created(suffix=".csv")),
)
def notified(event: events.S3) -> None:
    """Take what S3 itself tells of."""
    record(event, "s3")


@sparta.function(timeout_s=10, uses=[seen.write()], on=own.created())
def bridged(event: events.S3) -> None:
    """Take what EventBridge tells of the same bucket."""
    record(event, "bridge")


if __name__ == "__main__":
    sparta.main(
        "Notified",
        functions=[notified, bridged],
        resources=[ActiveReceiptRuleSet("Active", "ours")],
    )
