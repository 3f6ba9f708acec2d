"""Checks alarms, dashboards, log targets and rollouts, each with its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker
from sparta.operations.alarms import Alarm
from sparta.operations.cloud_map import CloudMap
from sparta.operations.dashboard import Dashboard
from sparta.operations.log_aggregation import LogAggregation
from sparta.operations.log_metric import LogMetric
from sparta.operations.metric import Comparison, Statistic
from sparta.operations.operation import Operation
from sparta.operations.rollout import Rollout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Complaints = Iterator[tuple[str, str]]

_MINUTES_BELOW_ONE = (1 / 6, 0.5)
_DAY_MINUTES = 1_440
_WEEK_MINUTES = 7 * _DAY_MINUTES
_WEEK_HOURS = 168
_SERVICES = ("AWS::Kinesis::Stream", "AWS::KinesisFirehose::DeliveryStream")
_TARGET_FIX = "give a Kinesis stream or a Firehose delivery stream, or the ARN of one"


def operation_problems(operations: Iterable[object]) -> Iterator[Problem]:
    """Yield everything that is wrong with the operations of an application."""
    taken: dict[tuple[type, str], str] = {}
    for operation in operations:
        if type(operation) not in _CHECKS:
            yield Problem(
                f"operations: {operation!r} is nothing that watches over an application",
                fix="give sparta.alarm(...) or values of sparta.operations",
            )
            continue
        assert isinstance(operation, Operation)  # noqa: S101 - its class is among those above
        place = operation.declared_at
        for what, fix in _CHECKS[type(operation)](operation):
            yield Problem(what, where=place, fix=fix)
        key = (type(operation), operation.name)
        if key in taken:
            yield Problem(
                f"two of {type(operation).__name__} are named {operation.name!r}, "
                f"the other at {taken[key]}",
                where=place,
                fix="give one of them another name",
            )
        taken[key] = place


def rollout_complaints(rollout: object) -> Complaints:
    """Yield what is wrong with `rollout=` of a function, and what to do."""
    if not isinstance(rollout, Rollout) or not rollout.kind:
        yield f"rollout={rollout!r}", "give operations.Canary(...) or operations.Linear(...)"
        return
    if type(rollout.percent) is not int or rollout.percent not in range(1, 100):
        yield f"rollout with percent={rollout.percent}", "use a whole number from 1 to 99"
    if type(rollout.minutes) is not int or rollout.minutes not in range(1, 2881):
        yield f"rollout with minutes={rollout.minutes}", "use whole minutes from 1 to 2880"
    for alarm in rollout.alarms:
        if not isinstance(alarm, Alarm):
            yield f"rollout with the alarm {alarm!r}", "give sparta.alarm(...)"
    for name in ("before", "after"):
        hook = getattr(rollout, name)
        if hook is not None and not isinstance(hook, Function):
            fix = "give a function whose handler is operations.deployment_check(check)"
            yield f"rollout with {name}={hook!r}", fix


def _alarm(alarm: Alarm) -> Complaints:
    watched: object = alarm.watched
    if not isinstance(watched, Comparison):
        yield f"alarm on {watched!r}", "write fn.errors.sum() >= 1: a statistic and a number"
        return
    if isinstance(watched.threshold, bool) or not isinstance(watched.threshold, int | float):
        yield f"alarm with the threshold {watched.threshold!r}", "compare with a number"
    minutes = alarm.minutes
    whole = minutes >= 1 and minutes == int(minutes)
    if not whole and minutes not in _MINUTES_BELOW_ONE:
        yield f"alarm with minutes={minutes:g}", "use whole minutes, 0.5 or 1/6"
    services = {one.metric.namespace for one in watched.measured.statistics}
    if minutes < 1 and any(name.startswith("AWS/") for name in services):
        fix = "AWS's own metrics have a value a minute: use minutes=1 or more"
        yield f"alarm with minutes={minutes:g} on a metric of AWS", fix
    if alarm.periods < 1 or minutes * alarm.periods > _longest(minutes):
        fix = "minutes times periods is a day at most, a week for periods of an hour and more"
        yield f"alarm with minutes={minutes:g} and periods={alarm.periods}", fix
    breaching = alarm.breaching_periods
    if breaching is not None and not 1 <= breaching <= alarm.periods:
        yield f"alarm with breaching_periods={breaching}", f"use 1 to {alarm.periods}, its periods"
    if alarm.missing not in ("breaching", "ignore", "missing", "notBreaching"):
        yield (
            f"alarm with missing={alarm.missing!r}",
            "use breaching, ignore, missing, notBreaching",
        )
    for told in (*alarm.notify, *alarm.notify_ok):
        is_arn = isinstance(told, str) and (told.startswith("arn:") or has_marker(told))
        if not isinstance(told, Resource) and not is_arn:
            yield f"alarm that tells {told!r}", "give a topic, or an ARN"


def _longest(minutes: float) -> int:
    return _WEEK_MINUTES if minutes >= 60 else _DAY_MINUTES  # noqa: PLR2004 - an hour


def _dashboard(dashboard: Dashboard) -> Complaints:
    letters = dashboard.name.replace("-", "").replace("_", "")
    if not (letters.isalnum() and letters.isascii()):
        yield f"dashboard name {dashboard.name!r}", "use letters, digits, `-` and `_`"
    if type(dashboard.hours) is not int or dashboard.hours not in range(1, _WEEK_HOURS + 1):
        yield f"dashboard with hours={dashboard.hours}", f"use 1 to {_WEEK_HOURS}"
    for one in dashboard.more:
        if not isinstance(one, Statistic):
            yield f"dashboard that shows {one!r}", "give statistics, such as fn.errors.sum()"


def _log_metric(metric: LogMetric) -> Complaints:
    if not isinstance(metric.log_function, Function):
        yield f"log metric of {metric.log_function!r}", "give one of the application's functions"
    if isinstance(metric.value, str) and not metric.value.startswith("$"):
        yield f"log metric with value={metric.value!r}", "use a number, or a field such as $.amount"


def _log_aggregation(aggregation: LogAggregation) -> Complaints:
    target: object = aggregation.target
    known = isinstance(target, Resource) and target.type in _SERVICES
    fields = str(target).split(":") if isinstance(target, str) else []
    if not known and not (fields[:1] == ["arn"] and fields[2:3] in (["kinesis"], ["firehose"])):
        yield f"logs sent to {target!r}", _TARGET_FIX
    for function in aggregation.functions:
        if not isinstance(function, Function):
            yield f"logs of {function!r}", "give functions of the application"


def _cloud_map(registry: CloudMap) -> Complaints:
    named: object = registry.namespace
    if not named or not isinstance(named, str) or has_marker(named):
        yield f"Cloud Map namespace {named!r}", "use a name, or an id such as ns-abc"


_CHECKS: dict[type, Callable[[Any], Complaints]] = {
    Alarm: _alarm,
    CloudMap: _cloud_map,
    Dashboard: _dashboard,
    LogAggregation: _log_aggregation,
    LogMetric: _log_metric,
}
"""By kind: what is checked of it."""
