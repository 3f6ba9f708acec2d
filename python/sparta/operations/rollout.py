"""`Canary` and `Linear`: a new version gets its events little by little, and goes back on alarm.

https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from sparta.app.function import Function
    from sparta.operations.alarms import Alarm


class Rollout:
    """How events move from one version of a function to the next; `rollout=` of a function.

    Args:
        percent: How much moves at once, 1 to 99 percent.
        minutes: The time between steps.
        alarms: Any of them takes everything back; they need not stand in `operations=` too.
        before: A function with a `deployment_check`, run before anything moves.
        after: Likewise, when everything has moved.
    """

    __slots__ = ("after", "alarms", "before", "declared_at", "minutes", "percent")

    kind: str = ""

    def __init__(
        self,
        *,
        percent: int = 10,
        minutes: int = 5,
        alarms: Sequence[Alarm] = (),
        before: Function[Any, Any] | None = None,
        after: Function[Any, Any] | None = None,
    ) -> None:
        self.percent = percent
        self.minutes = minutes
        self.alarms = tuple(alarms)
        self.before = before
        self.after = after
        self.declared_at = declared_at()


class Canary(Rollout):
    """`percent` first, the rest after `minutes`."""

    __slots__ = ()
    kind = "Canary"


class Linear(Rollout):
    """`percent` more every `minutes`."""

    __slots__ = ()
    kind = "Linear"


def deployment_check(check: Callable[[], object]) -> Callable[[dict[str, Any]], None]:
    """Turn a check into the handler of a rollout's hook: what it raises stops the deployment.

    Args:
        check: Takes nothing; the deployment goes on when it returns.
    """

    def handler(event: dict[str, Any]) -> None:
        try:
            check()
        except Exception:
            _report(event, "Failed")
            raise
        _report(event, "Succeeded")

    handler.__name__ = handler.__qualname__ = getattr(check, "__name__", "check")
    handler.__doc__ = getattr(check, "__doc__", None)
    return handler


def _report(event: dict[str, Any], status: str) -> None:
    from sparta.runtime.aws_request import ask_aws

    ask_aws(
        "codedeploy",
        "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus",
        {
            "deploymentId": event["DeploymentId"],
            "lifecycleEventHookExecutionId": event["LifecycleEventHookExecutionId"],
            "status": status,
        },
    )
