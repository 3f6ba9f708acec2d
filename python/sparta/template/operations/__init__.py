"""What watches over an application, as resources: one module per kind, chosen by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.operations.alarms import Alarm
from sparta.operations.cloud_map import CloudMap
from sparta.operations.dashboard import Dashboard
from sparta.operations.log_aggregation import LogAggregation
from sparta.operations.log_metric import LogMetric
from sparta.template.operations import (
    alarm,
    cloud_map,
    dashboard,
    log_aggregation,
    log_metric,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.operations.operation import Operation
    from sparta.template.template import Body

_RESOURCES: dict[type, Callable[[Any, Application], dict[str, Body]]] = {
    Alarm: alarm.resources,
    CloudMap: cloud_map.resources,
    Dashboard: dashboard.resources,
    LogAggregation: log_aggregation.resources,
    LogMetric: log_metric.resources,
}


def operation_resources(operation: Operation, application: Application) -> dict[str, Body]:
    """Return the resources of one operation by logical id.

    Args:
        operation: One of the application's, checked.
        application: The application.
    """
    return _RESOURCES[type(operation)](operation, application)
