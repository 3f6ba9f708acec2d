"""Alarms, Cloud Map and dashboards as AWS takes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta import cfn, operations
from sparta.app.function import Function
from sparta.cfn import sqs
from sparta.template import synthesize
from sparta.template.check import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application
    from sparta.operations.metric import Measured
    from sparta.operations.operation import Operation

    Make = Callable[..., Application]


def handler() -> None: ...


FUNCTION = Function(handler)
ERRORS, CALLS = FUNCTION.errors.sum(), FUNCTION.invocations.sum()


def made(make: Make, kind: str, *found: Operation, **options: Any) -> list[dict[str, Any]]:
    application = replace(make(FUNCTION, **options), operations=found)
    template = synthesize(application)
    assert check(template) == []
    bodies = template.resources.values()
    return [body["Properties"] for body in bodies if body["Type"] == f"AWS::{kind}"]


@pytest.mark.parametrize(
    ("measured", "formula"),
    [
        (ERRORS / 1_048_576, "(m1 / 1048576)"),
        (ERRORS * 1_234_567.5, "(m1 * 1234567.5)"),
        (ERRORS * 0.000001, "(m1 * 0.000001)"),
        (100 * ERRORS / CALLS, "((100 * m1) / m2)"),
        (1 - ERRORS / CALLS, "(1 - (m1 / m2))"),
        (2 / (1 + ERRORS), "(2 / (1 + m1))"),
    ],
)
def test_formulas_hold_their_numbers_in_full(
    application: Make, measured: Measured, formula: str
) -> None:
    (alarm,) = made(application, "CloudWatch::Alarm", sparta.alarm(measured > 1))
    assert alarm["Metrics"][-1]["Expression"] == formula


def test_an_alarms_name_has_room_for_the_stacks(application: Make) -> None:
    names = ["n" * 254 + "a", "n" * 254 + "b", "n" * 248]
    alarms = [sparta.alarm(ERRORS > 1, name=name) for name in names]
    found = made(application, "CloudWatch::Alarm", *alarms)
    shown = [one["AlarmName"]["Fn::Sub"].replace("${AWS::StackName}", "Orders") for one in found]
    assert {len(name) for name in shown} == {255}
    assert len(set(shown)) == 3


def test_instances_of_cloud_map_are_told_apart(application: Make) -> None:
    long = Function(handler, name="h" * 100)
    api = sparta.HttpApi("handler").get("/", FUNCTION).get("/long", long)
    found = made(application, "ServiceDiscovery::Instance", operations.CloudMap("ns-abc"), api=api)
    ids = [one["InstanceId"] for one in found]
    assert {"handler", "api/handler"} < set(ids)
    assert len(set(ids)) == 3
    assert max(map(len, ids)) == 64


def test_a_dashboard_shows_what_a_condition_makes(application: Make) -> None:
    is_prod = cfn.Condition("IsProd", cfn.Equals(cfn.Parameter("Stage", default="dev"), "prod"))
    rare = sqs.Queue("Rare", condition=is_prod)
    (board,) = made(application, "CloudWatch::Dashboard", operations.Dashboard(), resources=[rare])
    named = {"Fn::If": ["IsProd", {"Fn::GetAtt": ["Rare", "QueueName"]}, "-"]}
    assert named in board["DashboardBody"]["Fn::Sub"][1].values()
