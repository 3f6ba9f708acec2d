"""Events that their source sends by itself reach their functions: buses, topics, schedules, S3.

One stack for each runtime on the local AWS. What the local AWS does not send (mail, Config,
CodeCommit) is in the conformance vectors, which run in deployed archives.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.functional.test_triggers import RUNTIMES, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.functional.conftest import Project, ProjectOf

    Seen = Callable[[str], str | None]

APPLICATION = Path(__file__).parent / "applications" / "pushed"


@pytest.fixture(scope="module", params=RUNTIMES)
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    with pytest.MonkeyPatch.context() as patch:
        soon = datetime.now(UTC) + timedelta(seconds=12)
        patch.setenv("FIRES_AT", soon.strftime("%Y-%m-%dT%H:%M:%S"))
        project.run("provision", "--local", "--runtime", request.param)
    yield project
    project.run("delete", "--local", "--empty-buckets")


@pytest.fixture
def seen(stack: Project) -> Seen:
    table = stack.outputs()["Seen"]
    dynamodb = stack.client("dynamodb")

    def text(key: str) -> str | None:
        found = dynamodb.get_item(TableName=table, Key={"id": {"S": key}}).get("Item")
        return found["text"]["S"] if found else None

    return text


def put(stack: Project, source: str, order: str, total: float, bus: str = "default") -> None:
    detail = json.dumps({"order": order, "total": total})
    entry = {"EventBusName": bus, "Source": source, "DetailType": "Paid", "Detail": detail}
    answer = stack.client("events").put_events(Entries=[entry])
    assert answer["FailedEntryCount"] == 0


def test_events_of_a_bus_that_match_reach_the_function(stack: Project, seen: Seen) -> None:
    bus = stack.outputs()["Shop"]
    assert bus == "Pushed-Shop"
    put(stack, "shop", "small", 1, bus)
    put(stack, "shop", "large", 11, bus)
    put(stack, "com.example.elsewhere", "other", 1)
    assert eventually(partial(seen, "bus-large")) == "shop 11.0"
    assert eventually(partial(seen, "bus-other")) == "com.example.elsewhere 1.0"
    assert seen("bus-small") is None


def test_a_function_puts_events_by_its_grant(stack: Project, seen: Seen) -> None:
    assert stack.client("lambda").invoke(FunctionName="Pushed_pay")["StatusCode"] == 200
    assert eventually(partial(seen, "bus-own")) == "shop 99.0"


def test_the_filter_of_a_subscription_picks(stack: Project, seen: Seen) -> None:
    sns, topic = stack.client("sns"), stack.outputs()["News"]
    for kind in ("open", "paid"):
        attributes = {"kind": {"DataType": "String", "StringValue": kind}}
        message = json.dumps({"order": kind, "total": 1})
        sns.publish(TopicArn=topic, Message=message, MessageAttributes=attributes)
    assert eventually(partial(seen, "sns-paid")) == "1.0"
    assert seen("sns-open") is None


def test_a_deleted_object_reaches_its_function(stack: Project, seen: Seen) -> None:
    s3, bucket = stack.client("s3"), stack.outputs()["Archive"]
    for key in ("out/a", "in/a b"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
        s3.delete_object(Bucket=bucket, Key=key)
    assert eventually(partial(seen, "s3")) == "Object Deleted in/a b"


def test_a_schedule_hands_over_its_input(seen: Seen) -> None:
    assert eventually(partial(seen, "schedule"), timeout_s=40) == "7"
