"""Alarms, a dashboard, logs in one place, Cloud Map; for the golden template; never deployed."""

import sparta
from sparta import operations
from sparta.aws import Queue, Table, Topic

jobs = Queue("Jobs")
orders = Table("Orders", key="id", retain=False)
news = Topic("News")
alerts = Topic("Alerts")
logs = sparta.Resource(
    "LogStream",
    "AWS::Kinesis::Stream",
    {
        "RetentionPeriodHours": 24,
        "ShardCount": 1,
        "StreamEncryption": {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"},
    },
    deletion_policy="Delete",
    update_replace_policy="Delete",
)


@sparta.function(uses=[orders.write(), news.write()])
def take(request: sparta.Request[None]) -> str:
    """Take an order."""
    return "taken"


@sparta.function(on=jobs.messages())
def work(event: dict[str, object]) -> None:
    """Work."""


refused = operations.LogMetric("Refused", take, '"refused"', default=0)
amount = operations.LogMetric("Amount", take, "{ $.amount = * }", value="$.amount", unit="None")
taken = operations.Metric("", "OrdersTaken")

watching = [
    sparta.alarm(take.errors.sum() >= 1, minutes=5, notify=alerts),
    sparta.alarm(
        take.errors.sum() / take.invocations.sum() * 100 > 5,
        periods=3,
        breaching_periods=2,
        notify=[alerts, "arn:aws:sns:us-east-1:123456789012:all"],
        notify_ok=alerts,
        name="Too many errors",
        description="More than one in twenty orders fails",
    ),
    sparta.alarm(take.duration.percentile(99) > 1000, notify=alerts),
    sparta.alarm(work.lambda_metric("ConcurrentExecutions").maximum() > 50, minutes=1),
    sparta.alarm(refused.sum() >= 10, notify=alerts),
    sparta.alarm(taken.samples() < 1, minutes=60, periods=24, missing="breaching"),
    refused,
    amount,
    operations.Dashboard("Overview", more=[taken.sum(), amount.average()], hours=12),
    operations.LogAggregation(logs, pattern="?ERROR ?WARN"),
    operations.CloudMap("shop.example", service="orders"),
]

if __name__ == "__main__":
    sparta.main(
        "Watched",
        "Is watched over",
        functions=[work],
        api=sparta.HttpApi("shop").post("/orders", take),
        operations=watching,
        tags={"team": "orders", "cost-center": "42"},
    )
