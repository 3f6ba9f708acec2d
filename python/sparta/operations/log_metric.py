"""`LogMetric`: counts what a function's log says.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.operations.metric import Metric
from sparta.operations.operation import Operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.app.function import Function


class LogMetric(Operation, Metric):
    """A metric made of the lines of a function's log that a pattern matches.

    It is a metric: `sparta.alarm(refused.sum() >= 10, ...)`.

    Args:
        name: The metric's name, in the stack's own namespace.
        function: Whose log is read.
        pattern: CloudWatch's filter pattern, such as `"refused"` or `{ $.level = "ERROR" }`.
        value: What each line counts, or the field that holds it, such as `$.amount`.
        default: What a line without a match counts; left out if not given.
        unit: One of CloudWatch's units.
    """

    def __init__(
        self,
        name: str,
        function: Function[Any, Any],
        pattern: str,
        *,
        value: float | str = 1,
        default: float | None = None,
        unit: str = "Count",
    ) -> None:
        Metric.__init__(self, "", name)
        Operation.__init__(self, name, declared_at())
        self.log_function = function
        self.pattern = pattern
        self.value = value
        self.default = default
        self.unit = unit

    @property
    def refers_to(self) -> tuple[object, ...]:
        """The function."""
        return (self.log_function,)
