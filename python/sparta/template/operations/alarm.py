"""An alarm: on one statistic, or on a formula of several.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sparta.app.destination import arn_of
from sparta.model.token import Token
from sparta.operations.metric import Statistic
from sparta.template.logical_id import logical_id
from sparta.template.operations.statistic import dimensions, metric_body, namespace

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.operations.alarms import Alarm
    from sparta.operations.metric import Measured
    from sparta.template.template import Body

_OPERATORS = {
    ">": "GreaterThanThreshold",
    ">=": "GreaterThanOrEqualToThreshold",
    "<": "LessThanThreshold",
    "<=": "LessThanOrEqualToThreshold",
}
_LONGEST_NAME = 255
_DIGEST_LENGTH = 8


def alarm_id(alarm: Alarm) -> str:
    """Return the logical id of an alarm."""
    return logical_id("Alarm", alarm.name)


def resources(alarm: Alarm, application: Application) -> dict[str, Body]:
    """Return the alarm."""
    watched = alarm.watched
    what = f"{watched.measured.label} {watched.sign} {watched.threshold:g}"
    service = application.name
    properties: Body = {
        "AlarmName": f"{Token('AWS::StackName')} {_own_name(alarm.name, service)}",
        "AlarmDescription": alarm.description or what,
        "ComparisonOperator": _OPERATORS[watched.sign],
        "Threshold": watched.threshold,
        "EvaluationPeriods": alarm.periods,
        "TreatMissingData": alarm.missing,
        **_measured(watched.measured, int(alarm.minutes * 60), service),
    }
    if alarm.breaching_periods is not None:
        properties["DatapointsToAlarm"] = alarm.breaching_periods
    for name, told in (("AlarmActions", alarm.notify), ("OKActions", alarm.notify_ok)):
        if told:
            properties[name] = [arn_of(one) for one in told]
    return {alarm_id(alarm): {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}}


def _own_name(name: str, service: str) -> str:
    """Return what follows the stack's name; with a hash at its end where it would be too long."""
    room = _LONGEST_NAME - len(service) - 1
    if len(name) <= room:
        return name
    digest = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()[:_DIGEST_LENGTH]
    return f"{name[: room - _DIGEST_LENGTH - 1]} {digest}"


def _measured(measured: Measured, period_s: int, service: str) -> Body:
    if isinstance(measured, Statistic):
        kind = "ExtendedStatistic" if measured.name.startswith("p") else "Statistic"
        return {
            "Namespace": namespace(measured.metric),
            "MetricName": measured.metric.name,
            "Dimensions": dimensions(measured.metric, service),
            kind: measured.name,
            "Period": period_s,
        }
    names = {one: f"m{number}" for number, one in enumerate(measured.statistics, 1)}
    parts: list[Body] = [
        {
            "Id": name,
            "MetricStat": {
                "Metric": metric_body(one.metric, service),
                "Period": period_s,
                "Stat": one.name,
            },
            "ReturnData": False,
        }
        for one, name in names.items()
    ]
    formula = {"Id": "result", "Expression": measured.formula(names), "Label": measured.label}
    return {"Metrics": [*parts, {**formula, "ReturnData": True}]}
