"""Polled sources on the local AWS: records one by one, failed ones again, the others not.

What delivers nothing here gets AWS's sample event, through the deployed archive.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.test_triggers import RUNTIMES, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "polled"
SAMPLES = Path(__file__).parents[1] / "unit" / "events" / "samples"


@pytest.fixture(scope="module", params=RUNTIMES)
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    shown = project.run("provision", "--local", "--runtime", request.param)
    assert "never fires, there is no such source here" in shown
    yield project
    project.run("delete", "--local", "--empty-buckets")


def counts(stack: Project, source: str) -> dict[str, int]:
    """Return how often each record of a source was handled."""
    found = stack.client("dynamodb").scan(TableName=stack.outputs()["Seen"])["Items"]
    pairs = ((item["id"]["S"].partition("-"), int(item["n"]["N"])) for item in found)
    return {name: times for (of, _, name), times in pairs if of == source}


def settled(stack: Project, source: str, wanted: dict[str, int]) -> dict[str, int]:
    """Wait for the wanted counts; return those there are."""
    eventually(lambda: counts(stack, source) == wanted)
    return counts(stack, source)


def body(name: str, qty: int = 1) -> str:
    return json.dumps({"name": name, "qty": qty})


def test_of_a_queue_only_the_failed_message_comes_again(stack: Project) -> None:
    url = stack.outputs()["Jobs"]
    entries = [
        {"Id": str(number), "MessageBody": text}
        for number, text in enumerate(
            [body("one"), body("bad"), body("two"), body("filtered", qty=50)]
        )
    ]
    stack.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
    wanted = {"one": 1, "bad": 2, "two": 1}
    assert settled(stack, "sqs", wanted) == wanted
    answer = stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
    assert answer["Attributes"]["ApproximateNumberOfMessages"] == "0"


def test_of_a_fifo_queue_the_rest_of_the_group_comes_again_in_order(stack: Project) -> None:
    url = stack.outputs()["Ledger"]
    entries = [
        {"Id": str(number), "MessageBody": body(name), "MessageGroupId": group}
        for number, (name, group) in enumerate(
            [("one", "g"), ("bad", "g"), ("after", "g"), ("other", "h")]
        )
    ]
    stack.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
    wanted = {"one": 1, "bad": 2, "after": 1, "other": 1}
    assert settled(stack, "fifo", wanted) == wanted


def test_a_stream_goes_on_from_the_record_that_failed(stack: Project) -> None:
    records = [{"Data": body(name).encode(), "PartitionKey": "p"} for name in ("one", "bad", "two")]
    stack.client("kinesis").put_records(StreamName=stack.outputs()["Clicks"], Records=records)
    wanted = {"one": 1, "bad": 2, "two": 1}
    assert settled(stack, "kinesis", wanted) == wanted


def test_a_tables_stream_goes_on_from_the_change_that_failed(stack: Project) -> None:
    dynamodb, table = stack.client("dynamodb"), stack.outputs()["Orders"]
    for name in ("one", "bad", "two"):
        item = {"id": {"S": name}, "name": {"S": name}, "qty": {"N": "2"}}
        dynamodb.put_item(TableName=table, Item=item)
    dynamodb.delete_item(TableName=table, Key={"id": {"S": "one"}})  # which is filtered
    wanted = {"one": 1, "bad": 2, "two": 1}
    assert settled(stack, "dynamodb", wanted) == wanted


@pytest.mark.parametrize(
    ("function", "sample", "wanted"),
    [
        ("kafka", "msk", ["Hello, this is a test."]),
        ("activemq", "activemq", ["ABC:AAAA"]),
        ("rabbitmq", "rabbitmq", ['{"timeout":0,"data":"CZrmf0Gw8Ov4bqLQxD4E"}']),
        ("documentdb", "documentdb", ["insert", "update"]),
    ],
)
def test_a_recorded_event_goes_through_the_archive(
    stack: Project, function: str, sample: str, wanted: Any
) -> None:
    event = json.loads((SAMPLES / f"{sample}.json").read_text(encoding="utf-8"))["event"]
    answer = stack.client("lambda").invoke(
        FunctionName=f"Polled_{function}", Payload=json.dumps(event)
    )
    assert json.loads(answer["Payload"].read()) == wanted
