"""EventBridge: a bus of the application, the default bus, existing buses, delivery."""

import sparta
from sparta import events, triggers
from sparta.aws import EventBus, Queue

shop = EventBus("Shop", description="What happens in the shop")
legacy = EventBus("Legacy", physical_name="legacy-events")
missed = Queue("Missed")


class Order(sparta.Model):
    """The detail of an event."""

    id: str


@sparta.function(
    uses=[legacy.write()],
    on=shop.events(
        {
            "source": ["com.example.shop"],
            "detail-type": ["Order Paid", {"prefix": "Order Re"}],
            "detail": {"state": [{"anything-but": ["test"]}], "total": [{"numeric": [">", 0]}]},
        },
        retries=3,
        event_age_s=3600,
        dead_letter=missed,
        description="Orders that count",
    ),
)
def count(event: events.EventBridge[Order]) -> None:
    """Take what a bus of the application has."""


@sparta.function(
    uses=[shop.grant("PutEvents")],
    on=(
        triggers.rule({"source": ["aws.ec2"]}, enabled=False),
        triggers.rule({"source": [{"prefix": "com.example."}]}, bus="partners"),
        triggers.rule(
            {"account": ["123456789012"]},
            bus="arn:aws:events:us-east-1:123456789012:event-bus/central",
        ),
    ),
)
def forward(event: events.EventBridge) -> None:
    """Take what other buses have."""


if __name__ == "__main__":
    sparta.main("Buses", "Listens to event buses", functions=[count, forward])
