"""Options of functions on the local AWS: a stack with them, and what they do there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "options"


@pytest.fixture(scope="module")
def stack(project_of: ProjectOf) -> Iterator[Project]:
    project = project_of(APPLICATION)
    project.run("provision", "--local")
    yield project
    project.run("delete", "--local")


def configuration(stack: Project, name: str) -> dict[str, Any]:
    found: dict[str, Any] = stack.client("lambda").get_function(FunctionName=f"Options_{name}")
    return found


def test_lambda_has_what_was_declared(stack: Project) -> None:
    found = configuration(stack, "fail")
    assert found["Configuration"]["EphemeralStorage"] == {"Size": 1024}
    assert found["Configuration"]["TracingConfig"] == {"Mode": "Active"}
    assert found["Tags"]["team"] == "orders"
    groups = stack.client("logs").describe_log_groups()["logGroups"]
    assert {group["logGroupName"]: group.get("retentionInDays") for group in groups} == {
        "/aws/lambda/Options_elsewhere": 14,
        "/aws/lambda/Options_fail": 30,
        "/aws/lambda/Options_published": 14,
        "options-shared": None,
    }


def test_a_failed_event_reaches_its_destination(stack: Project) -> None:
    invoked = stack.client("lambda").invoke(
        FunctionName="Options_fail", InvocationType="Event", Payload=b'{"a": 1}'
    )
    assert invoked["StatusCode"] == 202
    queue = stack.outputs()["Failed"]
    answer = stack.client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=15)
    (message,) = answer["Messages"]
    record = json.loads(message["Body"])
    assert record["requestPayload"] == {"a": 1}
    assert record["responsePayload"]["errorMessage"] == "on purpose"


def test_lines_go_to_the_named_log_group(stack: Project) -> None:
    answer = stack.client("lambda").invoke(FunctionName="Options_succeed", Payload=b"{}")
    assert json.loads(answer["Payload"].read()) == "done"
    found = stack.client("logs").filter_log_events(logGroupName="options-shared")
    assert "shared line" in " ".join(event["message"] for event in found["events"])


def test_a_function_on_another_python_has_an_archive_of_its_own(stack: Project) -> None:
    answer = stack.client("lambda").invoke(FunctionName="Options_elsewhere", Payload=b"{}")
    assert json.loads(answer["Payload"].read()) == "3.13"
    sparta = stack.folder / ".sparta"
    with ZipFile(sparta / "Options-x86_64-3.13-code.zip") as archive:
        names = archive.namelist()
        index = archive.read("index.py").decode()
    assert any("cpython-313" in name for name in names)
    assert not any("cpython-312" in name for name in names)
    assert "'elsewhere'" in index
    assert "'fail'" not in index
    with ZipFile(sparta / "Options-code.zip") as archive:
        assert "'elsewhere'" not in archive.read("index.py").decode()


def test_the_alias_moves_with_each_state(stack: Project) -> None:
    assert answered(stack) == b"/first 1"
    source = stack.folder / "app.py"
    source.write_text(source.read_text().replace('"STATE": "first"', '"STATE": "second"'))
    stack.run("provision", "--local")
    assert answered(stack) == b"/second 2"
    versions = stack.client("lambda").list_versions_by_function(FunctionName="Options_published")
    assert [each["Version"] for each in versions["Versions"]] == ["$LATEST", "2"]


def answered(stack: Project) -> bytes:
    (line,) = [each for each in stack.run("status", "--local").splitlines() if "optionsUrl" in each]
    with urlopen(line.partition("Value=")[2].strip() + "/", timeout=30) as answer:
        found: bytes = answer.read()
    return found
