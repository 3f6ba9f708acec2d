"""Topics: filters on attributes and on the message, existing topics, dead letter queues."""

import sparta
from sparta import events, triggers
from sparta.aws import Queue, Topic

news = Topic("News")
missed = Queue("Missed", retention_s=1_209_600)


class Order(sparta.Model):
    """What is published."""

    id: str
    total: float


@sparta.function(on=news.messages(filter={"kind": ["paid", {"prefix": "re"}]}, dead_letter=missed))
def take(event: events.Sns[Order]) -> None:
    """Take orders."""


@sparta.function(
    on=news.messages(
        filter={"order": {"total": [{"numeric": [">=", 100]}]}},
        filter_on="body",
        dead_letter=missed,
    )
)
def take_large(event: events.Sns[Order]) -> None:
    """Take large orders."""


@sparta.function(
    on=triggers.topic(
        "arn:aws:sns:eu-west-1:123456789012:alarms",
        dead_letter="arn:aws:sqs:eu-west-1:123456789012:missed",
    )
)
def alarmed(event: events.Sns) -> None:
    """Take notifications of a topic that others declare."""


if __name__ == "__main__":
    sparta.main("Notifications", "Listens to topics", functions=[take, take_large, alarmed])
