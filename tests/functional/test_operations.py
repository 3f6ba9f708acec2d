"""What watches over a deployed application, as far as the local AWS does it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

RESOURCES = ("## Topic Alerts", "## Stream LogStream")
APPLICATION = Path(__file__).parent / "applications" / "operations"


@pytest.fixture(scope="module")
def stack(project_of: ProjectOf) -> Iterator[Project]:
    project = project_of(APPLICATION)
    project.run("provision", "--local", "--runtime", "python")
    yield project
    project.run("delete", "--local")


def invoked(stack: Project, event: dict[str, Any], function: str = "work:live") -> dict[str, Any]:
    answer: dict[str, Any] = stack.client("lambda").invoke(
        FunctionName=f"Operations_{function}", Payload=json.dumps(event).encode()
    )
    return answer


def test_what_functions_log_goes_to_the_stream(stack: Project) -> None:
    """The local AWS keeps subscriptions to streams and does not deliver by them."""
    logs = stack.client("logs")
    for function in ("work", "before"):
        group = f"/aws/lambda/Operations_{function}"
        (found,) = logs.describe_subscription_filters(logGroupName=group)["subscriptionFilters"]
        assert found["destinationArn"].endswith(f"stream/{stack.outputs()['LogStream']}")
        assert ":role/Operations-LogAggregationRole" in found["roleArn"]


def test_the_dashboard_shows_every_function(stack: Project) -> None:
    found = stack.client("cloudwatch").get_dashboard(DashboardName="Operations-Operations")
    widgets = json.loads(found["DashboardBody"])["widgets"]
    titles = [one["properties"]["markdown"] for one in widgets if one["type"] == "text"]
    assert titles == ["## Function work", "## Function before", *RESOURCES]
    drawn = [one["properties"]["metrics"] for one in widgets if one["type"] == "metric"]
    assert ["AWS/Lambda", "Errors", "FunctionName", "Operations_work", {"stat": "Sum"}] in drawn[0]
    assert {one["properties"]["region"] for one in widgets if one["type"] == "metric"} == {
        "us-east-1"
    }


def test_others_find_the_functions_by_name(stack: Project) -> None:
    registry = stack.client("servicediscovery")
    (service,) = registry.list_services()["Services"]
    found = registry.list_instances(ServiceId=service["Id"])["Instances"]
    assert {one["Id"]: one["Attributes"]["name"] for one in found} == {
        "work": "Operations_work",
        "before": "Operations_before",
    }


def test_the_alarm_is_there_and_knows_whom_to_tell(stack: Project) -> None:
    (alarm,) = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert alarm["AlarmName"] == "Operations work Errors Sum"
    assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == (
        "AWS/Lambda",
        "Errors",
        "Sum",
    )
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": "Operations_work"}]
    assert alarm["AlarmActions"] == [stack.outputs()["Alerts"]]


def test_what_fails_sets_the_alarm_off(stack: Project) -> None:
    assert invoked(stack, {"fail": True})["FunctionError"]
    # The local AWS looks at its alarms when a metric is written.
    other = [{"MetricName": "Other", "Value": 1.0}]
    stack.client("cloudwatch").put_metric_data(Namespace="Operations", MetricData=other)
    (alarm,) = stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert alarm["StateValue"] == "ALARM"


def test_the_local_aws_says_that_it_does_not_roll_out(stack: Project) -> None:
    text = stack.run("provision", "--local", "--runtime", "python")
    assert "new versions get all events at once" in text
    assert "kept only, nothing is delivered to streams" in text
