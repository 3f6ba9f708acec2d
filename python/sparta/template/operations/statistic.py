"""A metric as CloudWatch names it: namespace, name, dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.model.token import Token
from sparta.template.function_name import function_name

if TYPE_CHECKING:
    from sparta.operations.metric import Metric
    from sparta.template.template import Body


def namespace(metric: Metric) -> str:
    """Return where a metric is filed; the stack's own namespace where it names none."""
    return metric.namespace or str(Token("AWS::StackName"))


def named_dimensions(metric: Metric, service: str) -> dict[str, str]:
    """Return a metric's dimensions by name, that of its function with them."""
    own = {}
    if metric.function is not None:
        own = {"FunctionName": function_name(service, metric.function.name)}
    return {**own, **metric.dimensions}


def dimensions(metric: Metric, service: str) -> list[Body]:
    """Return a metric's dimensions, as CloudFormation writes them."""
    return [
        {"Name": name, "Value": value} for name, value in named_dimensions(metric, service).items()
    ]


def metric_body(metric: Metric, service: str) -> Body:
    """Return a metric, as parts of formulas name it."""
    return {
        "Namespace": namespace(metric),
        "MetricName": metric.name,
        "Dimensions": dimensions(metric, service),
    }
