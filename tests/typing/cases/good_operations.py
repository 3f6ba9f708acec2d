"""What watches over an application, as users write it."""

import sparta
from sparta import operations
from sparta.aws import Topic

alerts = Topic("Alerts")


@sparta.function()
def work(event: dict[str, object]) -> None: ...


def check() -> None: ...


before = sparta.Function(operations.deployment_check(check), name="before")


@sparta.function(rollout=operations.Canary(percent=10, minutes=5, before=before))
def careful() -> None: ...


refused = operations.LogMetric("Refused", work, "refused")
watching: list[operations.Operation] = [
    sparta.alarm(work.errors.sum() >= 1, minutes=5, notify=alerts),
    sparta.alarm(work.errors.sum() / work.invocations.sum() > 0.05, notify=[alerts, "arn:..."]),
    sparta.alarm(work.duration.percentile(99) > 1_000),
    sparta.alarm(refused.sum() >= 10),
    refused,
    operations.Dashboard("Overview", more=[refused.sum()]),
    operations.LogAggregation("arn:aws:kinesis:us-east-1:123456789012:stream/logs"),
    operations.CloudMap("shop.example"),
]
sparta.main("Watched", functions=[work, careful], operations=watching)
