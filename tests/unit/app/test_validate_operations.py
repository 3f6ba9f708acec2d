"""What is wrong with alarms, dashboards, log targets and rollouts is said all at once."""

from __future__ import annotations

from typing import Any

import pytest

from sparta import operations
from sparta.app.function import Function
from sparta.app.validate_operations import operation_problems, rollout_complaints
from sparta.aws import Topic
from sparta.operations.alarms import alarm


def work(event: Any) -> None: ...


FUNCTION = Function(work)
ERRORS = FUNCTION.errors.sum()
ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/logs"


def said(*values: object) -> list[str]:
    return [problem.what for problem in operation_problems(values)]


def test_what_is_right_is_silent() -> None:
    right = (
        alarm(
            operations.Metric("Shop", "Taken").sum() >= 1,
            minutes=0.5,
            periods=10,
            breaching_periods=3,
            notify=Topic("Alerts"),
        ),
        alarm(ERRORS / FUNCTION.invocations.sum() > 0.5, minutes=60, periods=100, name="Ratio"),
        operations.LogMetric("Refused", FUNCTION, "refused", value="$.amount"),
        operations.LogAggregation(ARN),
        operations.Dashboard(hours=168),
        operations.CloudMap("ns-abc"),
    )
    assert said(*right) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (alarm(ERRORS), "alarm on <"),  # type: ignore[arg-type]
        (alarm(ERRORS > "1"), "alarm with the threshold '1'"),  # type: ignore[operator]
        (alarm(ERRORS > 1, minutes=1.5), "alarm with minutes=1.5"),
        (alarm(ERRORS > 1, minutes=0.5), "alarm with minutes=0.5 on a metric of AWS"),
        (alarm(ERRORS > 1, minutes=30, periods=60), "alarm with minutes=30 and periods=60"),
        (alarm(ERRORS > 1, periods=2, breaching_periods=3), "alarm with breaching_periods=3"),
        (alarm(ERRORS > 1, missing="x"), "alarm with missing='x'"),  # type: ignore[arg-type]
        (alarm(ERRORS > 1, notify="someone"), "alarm that tells 'someone'"),
        (operations.LogMetric("A", work, ""), "log metric of <function"),  # type: ignore[arg-type]
        (operations.LogMetric("A", FUNCTION, "", value="x"), "log metric with value='x'"),
        (operations.LogAggregation(Topic("A")), "logs sent to <AWS::SNS::Topic A>"),
        (operations.LogAggregation(ARN, functions=[work]), "logs of <function"),  # type: ignore[list-item]
        (operations.Dashboard("a b"), "dashboard name 'a b'"),
        (operations.Dashboard(hours=0), "dashboard with hours=0"),
        (operations.Dashboard(more=[FUNCTION.errors]), "dashboard that shows <metric"),  # type: ignore[list-item]
        (operations.CloudMap(3), "Cloud Map namespace 3"),  # type: ignore[arg-type]
        (operations.CloudMap(""), "Cloud Map namespace ''"),
        ("x", "operations: 'x' is nothing that watches over an application"),
    ],
)
def test_each_mistake_is_named(wrong: object, what: str) -> None:
    (found,) = operation_problems([wrong])
    assert found.what.startswith(what)
    assert found.fix
    assert found.where or wrong == "x"


def test_two_of_one_name() -> None:
    assert said(alarm(ERRORS > 1), alarm(ERRORS > 2))[0].startswith(
        "two of Alarm are named 'work Errors Sum', the other at "
    )


def test_a_comparison_is_no_truth_value() -> None:
    with pytest.raises(TypeError, match="write it with one sign"):
        bool(0 < ERRORS <= 5)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("fast", "rollout='fast'"),
        (operations.Canary(percent=100), "rollout with percent=100"),
        (operations.Linear(minutes=0), "rollout with minutes=0"),
        (operations.Canary(alarms=["x"]), "rollout with the alarm 'x'"),  # type: ignore[list-item]
        (operations.Canary(before=work), "rollout with before=<function"),  # type: ignore[arg-type]
    ],
)
def test_each_mistake_of_a_rollout_is_named(wrong: object, what: str) -> None:
    ((found, fix),) = rollout_complaints(wrong)
    assert found.startswith(what)
    assert fix


def test_an_alarm_on_nothing_can_be_gathered() -> None:
    assert alarm(3, notify="arn:x").refers_to == ("arn:x",)  # type: ignore[arg-type]
