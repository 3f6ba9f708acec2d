"""Metrics as values: `fn.errors.sum() >= 1` is what an alarm watches for.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    Operator = Literal["+", "-", "*", "/"]
    Sign = Literal[">", ">=", "<", "<="]


class Metric:
    """One metric of CloudWatch.

    Args:
        namespace: Where it is filed, such as `AWS/Lambda`; empty for the stack's own namespace,
            which is where `sparta.metric(...)` writes.
        name: Its name, such as `Errors`.
        dimensions: Names and texts, which may hold tokens.
        function: The function that it is about; its name becomes the dimension `FunctionName`.
    """

    __slots__ = ("dimensions", "function", "name", "namespace")

    def __init__(
        self,
        namespace: str,
        name: str,
        dimensions: Mapping[str, str] | None = None,
        *,
        function: Any = None,  # noqa: ANN401 - a Function, which is of a later layer
    ) -> None:
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions or {}
        self.function = function

    def sum(self) -> Statistic:
        """Return its sum over each period."""
        return Statistic(self, "Sum")

    def average(self) -> Statistic:
        """Return its mean over each period."""
        return Statistic(self, "Average")

    def minimum(self) -> Statistic:
        """Return its least value in each period."""
        return Statistic(self, "Minimum")

    def maximum(self) -> Statistic:
        """Return its greatest value in each period."""
        return Statistic(self, "Maximum")

    def samples(self) -> Statistic:
        """Return how many values there were in each period."""
        return Statistic(self, "SampleCount")

    def percentile(self, percent: float) -> Statistic:
        """Return a percentile of its values in each period.

        Args:
            percent: From 0 to 100, such as 99 or 99.9.
        """
        return Statistic(self, f"p{percent:g}")

    def __repr__(self) -> str:
        return f"<metric {self.namespace or 'of the stack'} {self.name}>"


class Measured:
    """What can be reckoned with and compared: a statistic, a number's worth of several."""

    __slots__ = ()

    @property
    def label(self) -> str:
        """What people read."""
        raise NotImplementedError

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """The statistics that it is made of, each once, in order."""
        raise NotImplementedError

    def formula(self, names: Mapping[Statistic, str]) -> str:
        """Return it as CloudWatch's metric math, the statistics by their names there."""
        raise NotImplementedError

    def __add__(self, other: Measured | float) -> Calculation:
        return Calculation("+", self, other)

    def __sub__(self, other: Measured | float) -> Calculation:
        return Calculation("-", self, other)

    def __mul__(self, other: Measured | float) -> Calculation:
        return Calculation("*", self, other)

    def __truediv__(self, other: Measured | float) -> Calculation:
        return Calculation("/", self, other)

    def __radd__(self, other: float) -> Calculation:
        return Calculation("+", other, self)

    def __rsub__(self, other: float) -> Calculation:
        return Calculation("-", other, self)

    def __rmul__(self, other: float) -> Calculation:
        return Calculation("*", other, self)

    def __rtruediv__(self, other: float) -> Calculation:
        return Calculation("/", other, self)

    def __gt__(self, threshold: float) -> Comparison:
        return Comparison(self, ">", threshold)

    def __ge__(self, threshold: float) -> Comparison:
        return Comparison(self, ">=", threshold)

    def __lt__(self, threshold: float) -> Comparison:
        return Comparison(self, "<", threshold)

    def __le__(self, threshold: float) -> Comparison:
        return Comparison(self, "<=", threshold)


class Statistic(Measured):
    """One statistic of a metric over each period.

    Args:
        metric: The metric.
        name: CloudWatch's name of the statistic, such as `Sum` or `p99`.
    """

    __slots__ = ("metric", "name")

    def __init__(self, metric: Metric, name: str) -> None:
        self.metric = metric
        self.name = name

    @property
    def label(self) -> str:
        """The metric's name and the statistic's."""
        about = f"{self.metric.function.name} " if self.metric.function is not None else ""
        return f"{about}{self.metric.name} {self.name}"

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """Itself."""
        return (self,)

    def formula(self, names: Mapping[Statistic, str]) -> str:
        """Return its name."""
        return names[self]


class Calculation(Measured):
    """Two of them, or one and a number, reckoned together.

    Args:
        operator: `+`, `-`, `*` or `/`.
        left: What stands before it.
        right: What stands after it.
    """

    __slots__ = ("left", "operator", "right")

    def __init__(self, operator: Operator, left: Measured | float, right: Measured | float) -> None:
        self.operator = operator
        self.left = left
        self.right = right

    @property
    def label(self) -> str:
        """The formula, in words."""
        left, right = (
            side.label if isinstance(side, Measured) else _written(side) for side in self._sides
        )
        return f"{left} {self.operator} {right}"

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """Those of both sides, each once."""
        sides = [side for side in self._sides if isinstance(side, Measured)]
        return tuple(dict.fromkeys(one for side in sides for one in side.statistics))

    @property
    def _sides(self) -> tuple[Measured | float, Measured | float]:
        return self.left, self.right

    def formula(self, names: Mapping[Statistic, str]) -> str:
        """Return both sides, in brackets."""
        left, right = (
            side.formula(names) if isinstance(side, Measured) else _written(side)
            for side in self._sides
        )
        return f"({left} {self.operator} {right})"


def _written(number: float) -> str:
    """Return a number in full: metric math knows no exponents."""
    if isinstance(number, int):
        return str(number)
    text = f"{number:.12f}".rstrip("0").rstrip(".")
    return text if float(text) == number else repr(number)


class Comparison:
    """What an alarm watches for. It is no truth value: nothing is measured yet.

    Args:
        measured: What is measured.
        sign: `>`, `>=`, `<` or `<=`.
        threshold: What it is compared with.
    """

    __slots__ = ("measured", "sign", "threshold")

    def __init__(self, measured: Measured, sign: Sign, threshold: float) -> None:
        self.measured = measured
        self.sign = sign
        self.threshold = threshold

    def __bool__(self) -> bool:
        raise TypeError(
            "a comparison of a metric is for sparta.alarm(...); write it with one sign, without "
            "`and`, `or`, `not` or `if`"
        )

    def __repr__(self) -> str:
        return f"<{self.measured.label} {self.sign} {self.threshold}>"
