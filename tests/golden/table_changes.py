"""Changes of tables; for the golden template, never deployed."""

import sparta
from sparta import events, triggers
from sparta.aws import Bucket, Table
from sparta.triggers import filters

orders = Table("Orders", key="id")
users = Table("Users", key="id")
lost = Bucket("Lost")


@sparta.function(
    on=orders.changes(
        where=(filters.event_name() != "REMOVE")
        & (filters.new_image("status") == "new")
        & filters.old_image("status").missing(),
        on_failure=lost,
        retries=3,
    )
)
def created(record: events.DynamoDBRecord) -> None:
    """Take one change."""


@sparta.function(on=(users.changes(view="KEYS_ONLY"), orders.changes()))
def audit(event: events.DynamoDB) -> None:
    """Take the changes of two tables."""


@sparta.function(
    on=triggers.dynamodb(
        "arn:aws:dynamodb:us-east-1:123456789012:table/theirs/stream/2026-01-01T00:00:00.000",
        on_failure="arn:aws:sns:us-east-1:123456789012:lost",
    )
)
def follow(event: events.DynamoDB) -> None:
    """Take the changes of an existing table."""


if __name__ == "__main__":
    sparta.main("TableChanges", "Changes of tables", functions=[created, audit, follow])
