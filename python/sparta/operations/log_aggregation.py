"""`LogAggregation`: the logs of all functions, in one Kinesis stream or Firehose.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.operations.operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sparta.app.function import Function
    from sparta.cfn.resource import Resource


class LogAggregation(Operation):
    """Sends what functions log to one place. A log group takes two such subscriptions.

    Args:
        target: A Kinesis stream or a Firehose delivery stream: a resource of the application, or
            the ARN of an existing one.
        pattern: Only lines that match CloudWatch's filter pattern; all if empty.
        functions: Whose logs; those of every function that has a log group of its own if empty.
        name: Tells it from another one.
    """

    def __init__(
        self,
        target: Resource | str,
        *,
        pattern: str = "",
        functions: Sequence[Function[Any, Any]] = (),
        name: str = "Logs",
    ) -> None:
        super().__init__(name, declared_at())
        self.target = target
        self.pattern = pattern
        self.functions = tuple(functions)

    @property
    def refers_to(self) -> tuple[object, ...]:
        """The stream, and the functions."""
        return (self.target, *self.functions)
