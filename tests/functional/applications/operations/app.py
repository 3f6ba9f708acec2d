"""An application that is watched over: what fails is told, logs go to one stream."""

import sparta
from sparta import operations
from sparta.aws import Topic

alerts = Topic("Alerts")
logs = sparta.Resource("LogStream", "AWS::Kinesis::Stream", {"ShardCount": 1})


def check() -> None:
    """Say that the new version may have events."""


before = sparta.Function(operations.deployment_check(check), name="before")


@sparta.function(rollout=operations.Canary(before=before))
def work(event: dict[str, object]) -> str:
    if event.get("fail"):
        raise ValueError("told to fail")
    return "done"


if __name__ == "__main__":
    sparta.main(
        "Operations",
        "Is watched over",
        functions=[work],
        operations=[
            sparta.alarm(work.errors.sum() >= 1, notify=alerts),
            operations.Dashboard(),
            operations.LogAggregation(logs),
            operations.CloudMap("operations.example"),
        ],
    )
