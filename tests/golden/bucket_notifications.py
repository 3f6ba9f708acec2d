"""Notifications of buckets, and what else is built in, for the golden template; never deployed."""

import sparta
from sparta import events
from sparta.aws import ActiveReceiptRuleSet, Bucket

own = Bucket("Own")
mixed = Bucket("Mixed")
theirs = Bucket.existing("theirs-123")
also_theirs = Bucket.existing("also.theirs")
rules = sparta.Resource("Rules", "AWS::SES::ReceiptRuleSet", {"RuleSetName": "incoming"})
active = ActiveReceiptRuleSet("Active", rules)


@sparta.function(
    uses=[own.read(), theirs.grant("GetObject", "ListBucket")],
    on=(
        own.created(prefix="in/", suffix=".csv", via="notification"),
        own.created(prefix="also/", via="notification"),
        theirs.created(suffix=".csv"),
    ),
)
def take(event: events.S3) -> None:
    """Take what S3 itself tells of."""


@sparta.function(
    alias="live",
    on=(
        own.created(prefix="other/", via="notification"),
        mixed.created(prefix="a/", via="notification"),
    ),
)
def published(event: events.S3) -> None:
    """Take it by an alias."""


@sparta.function(on=(mixed.created(), also_theirs.created(via="eventbridge")))
def bridged(event: events.S3) -> None:
    """Take what EventBridge tells of."""


if __name__ == "__main__":
    sparta.main(
        "Notified",
        "Buckets that tell of new objects themselves",
        functions=[take, published, bridged],
        resources=[active],
    )
