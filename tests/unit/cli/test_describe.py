"""`sparta describe`: the whole application, without AWS."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

SHOP = """
import sparta
from sparta import events, triggers
from sparta.aws import Bucket, Queue, Table

orders = Table("Orders", key="id")
uploads = Bucket("Uploads")
jobs = Queue("Jobs")

@sparta.function(memory_mb=256, uses=[orders.grant("PutItem")])
def sell(request: sparta.Request[None]) -> str:
    return "sold"

@sparta.function(
    timeout_s=20,
    on=(
        uploads.deleted(prefix="in/"),
        jobs.messages(),
        triggers.rule({"resources": [uploads.arn]}, bus="partners"),
    ),
)
def clear(event: dict[str, object]) -> None: ...

@sparta.function(
    role="existing",
    on=(
        sparta.schedule("cron(0 3 ? * MON *)", timezone="Europe/Rome", flexible_minutes=5),
        sparta.schedule("rate(1 hour)", enabled=False),
        sparta.schedule("at(2020-01-01T00:00:00)"),
        sparta.schedule("rate(1 day)"),
    ),
)
def report() -> None: ...

api = sparta.HttpApi("shop").post("/orders", sell)
if __name__ == "__main__":
    sparta.main("Shop", "Sells", functions=[clear, report], api=api)
"""


@pytest.fixture
def document(app: Path, run: Callable[..., Result]) -> dict[str, Any]:
    app.write_text(SHOP)
    found: dict[str, Any] = json.loads(run("describe", "--json").stdout)
    return found


def test_functions_are_told_with_what_they_run_on(document: dict[str, Any]) -> None:
    clear, report, sell = document["functions"]
    assert (sell["name"], sell["memoryMb"], sell["architecture"]) == ("sell", 256, "x86_64")
    assert clear["timeoutS"] == 20
    assert report["declaredAt"].endswith("app.py:24")


def test_triggers_are_told_with_their_source_and_what_they_pick(document: dict[str, Any]) -> None:
    deleted, messages, rule = document["functions"][0]["triggers"]
    assert (deleted["source"], deleted["event"]) == ("Uploads", "S3")
    assert deleted["picks"] == {"names": ["Object Deleted"], "prefix": "in/"}
    assert (messages["kind"], messages["source"]) == ("QueueMessages", "Jobs")
    assert rule["source"] == "partners"
    assert rule["picks"] == {"pattern": {"resources": ["${Uploads.Arn}"]}}


def test_schedules_come_with_their_next_runs(document: dict[str, Any]) -> None:
    triggers = document["functions"][1]["triggers"]
    runs = [[datetime.fromisoformat(run["at"]) for run in one["nextRuns"]] for one in triggers]
    weekly, off, past, daily = runs
    assert [(run.weekday(), run.hour, run.minute) for run in weekly] == [(0, 3, 0)] * 3
    assert weekly[0] > datetime.now(UTC)
    assert (off, past, len(daily)) == ([], [], 3)
    local = datetime.fromisoformat(triggers[0]["nextRuns"][0]["local"])
    assert local == weekly[0]


def test_rights_are_told_by_resource(document: dict[str, Any]) -> None:
    clear, report, sell = document["functions"]
    assert {"resource": "Orders", "effect": "Allow", "actions": ["dynamodb:PutItem"]} in sell[
        "rights"
    ]
    logs = "logs:log-group:/aws/lambda/${AWS::StackName}_clear:*"
    assert [right["resource"] for right in clear["rights"]] == ["Jobs", logs]
    assert report["rights"] == []


def test_the_stack_is_counted_against_the_limits(document: dict[str, Any]) -> None:
    limits = document["limits"]
    assert limits["resources"]["limit"] == 500
    assert 0 < limits["resources"]["used"] < limits["templateBytes"]["used"] < 1_000_000
    assert document["routes"] == [{"method": "POST", "path": "/orders", "function": "sell"}]
    kept = {one["logicalId"]: one["deletionPolicy"] for one in document["resources"]}
    assert kept == {
        "Jobs": "Delete",
        "Orders": "RetainExceptOnCreate",
        "Uploads": "RetainExceptOnCreate",
    }


def test_the_tables_say_the_same(app: Path, run: Callable[..., Result]) -> None:
    app.write_text(SHOP)
    text = run("describe").stdout
    titles = ("Functions", "Triggers", "Next runs", "Rights", "Routes", "Resources", "Limits")
    assert [title for title in titles if f"\n{title}" not in text] == []
    assert "or up to 5 minutes later" in text
    assert "switched off" in text
    assert "never again" in text
    assert "counted from now" in text


def test_what_is_wrong_is_said_instead(app: Path, run: Callable[..., Result]) -> None:
    app.write_text(SHOP.replace("MON", "MOON").replace("partners", "a bus"))
    errors = run("describe", exit_code=1).stderr
    assert "'MOON' is not a valid day of the week" in errors
    assert "is no event bus" in errors
