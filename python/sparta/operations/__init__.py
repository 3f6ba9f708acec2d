"""What watches over an application: alarms, dashboards, logs in one place, careful rollouts."""

from __future__ import annotations

from sparta.operations.alarms import Alarm, alarm
from sparta.operations.cloud_map import CloudMap
from sparta.operations.dashboard import Dashboard
from sparta.operations.log_aggregation import LogAggregation
from sparta.operations.log_metric import LogMetric
from sparta.operations.metric import Metric
from sparta.operations.operation import Operation
from sparta.operations.rollout import Canary, Linear, Rollout, deployment_check

__all__ = [
    "Alarm",
    "Canary",
    "CloudMap",
    "Dashboard",
    "Linear",
    "LogAggregation",
    "LogMetric",
    "Metric",
    "Operation",
    "Rollout",
    "alarm",
    "deployment_check",
]
