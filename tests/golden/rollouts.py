"""New versions little by little, with alarms and hooks; for the golden template."""

import sparta
from sparta import operations
from sparta.aws import Topic

alerts = Topic("Alerts")


def check() -> None:
    """Look whether the new version may have events."""


before = sparta.Function(operations.deployment_check(check), name="before")


@sparta.function(
    rollout=operations.Canary(percent=10, minutes=5, before=before),
    provisioned_concurrency=1,
)
def first(event: dict[str, object]) -> str:
    """Take ten percent for five minutes."""
    return "first"


@sparta.function(rollout=operations.Linear(percent=20, minutes=7), alias="stable")
def second(event: dict[str, object]) -> str:
    """Take a fifth every seven minutes."""
    return "second"


@sparta.function(rollout=operations.Linear(percent=10, minutes=1, after=before))
def third(event: dict[str, object]) -> str:
    """Take a tenth every minute."""
    return "third"


third.options["rollout"].alarms = (sparta.alarm(third.errors.sum() > 0, notify=alerts),)

if __name__ == "__main__":
    sparta.main("Careful", "Moves slowly", functions=[first, second, third])
