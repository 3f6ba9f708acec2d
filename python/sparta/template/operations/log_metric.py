"""A metric filter on a function's log group.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.function_name import log_group_name
from sparta.template.function_settings import own_log_group
from sparta.template.logical_id import part_id
from sparta.template.operations.statistic import namespace

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.operations.log_metric import LogMetric
    from sparta.template.template import Body


def resources(metric: LogMetric, application: Application) -> dict[str, Body]:
    """Return the filter; it has to wait for the log group."""
    function = metric.log_function
    own = own_log_group(function)
    transformation: Body = {
        "MetricName": metric.name,
        "MetricNamespace": namespace(metric),
        "MetricValue": str(metric.value),
        "Unit": metric.unit,
    }
    if metric.default is not None:
        transformation["DefaultValue"] = metric.default
    body: Body = {
        "Type": "AWS::Logs::MetricFilter",
        "Properties": {
            "FilterPattern": metric.pattern,
            "LogGroupName": own or log_group_name(application.name, function.name),
            "MetricTransformations": [transformation],
        },
    }
    if own is None:
        body["DependsOn"] = [part_id("LogGroup", function.name)]
    return {part_id("MetricFilter", function.name, metric.name): body}
