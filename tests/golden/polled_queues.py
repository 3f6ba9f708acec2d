"""Queues, FIFO and existing ones too; for the golden template, never deployed."""

import sparta
from sparta import events, triggers
from sparta.aws import Queue
from sparta.triggers import filters

dead = Queue("Dead")
jobs = Queue("Jobs", visibility_timeout_s=60, dead_letter=dead)
ledger = Queue("Ledger", fifo=True, deduplicate_by_content=True)


class Order(sparta.Model):
    """What the messages hold."""

    id: str
    qty: int


@sparta.function(
    on=jobs.messages(
        batch_size=50,
        window_s=5,
        max_concurrency=10,
        where=[
            (filters.body("qty") >= 1) & (filters.body("qty") < 100),
            filters.body("status").one_of("new", "paid") & filters.body("test").missing(),
        ],
    )
)
def take(record: events.SqsRecord[Order]) -> None:
    """Take one message."""


@sparta.function(on=ledger.messages(enabled=False))
async def book(record: events.SqsRecord[Order]) -> None:
    """Take one message, in the order of its group."""


@sparta.function(
    on=(
        triggers.queue("arn:aws:sqs:us-east-1:123456789012:theirs"),
        triggers.queue("arn:aws:sqs:us-east-1:123456789012:others"),
    )
)
def listen(event: events.Sqs) -> events.BatchFailures:
    """Take batches of two queues that exist already."""
    return events.BatchFailures(event.records[:1])


if __name__ == "__main__":
    sparta.main("PolledQueues", "Queues", functions=[take, book, listen])
