"""A function of the application provides a resource: created, updated, put back, deleted.

On the local AWS, whose CloudFormation calls the function and waits for its answer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "provided"
DECLARED = 'Rows(count=3, prefix="table/", happens="")'


@pytest.fixture(scope="module", params=["python", "native"])
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    project.sparta("local", "start")
    project.client("s3").create_bucket(Bucket="provided-state")
    project.run("provision", "--local", "--runtime", request.param)
    yield project
    project.run("delete", "--local")
    assert keys(project) == []


def keys(stack: Project) -> list[str]:
    listed = stack.client("s3").list_objects_v2(Bucket="provided-state")
    return [found["Key"] for found in listed.get("Contents", [])]


def look(stack: Project) -> Any:
    answer = stack.client("lambda").invoke(FunctionName="Provided_look", Payload=b"{}")
    return json.loads(answer["Payload"].read())


def provisioned(stack: Project, declared: str, exit_code: int = 0) -> str:
    runtime = "native" if "exec-wrapper" in str(wrapper(stack)) else "python"
    source = stack.folder / "app.py"
    before = source.read_text()
    source.write_text(before.replace(DECLARED, declared))
    assert DECLARED not in source.read_text()
    try:
        return stack.run("provision", "--local", "--runtime", runtime, exit_code=exit_code)
    finally:
        source.write_text(before)


def wrapper(stack: Project) -> str:
    found = stack.client("lambda").get_function_configuration(FunctionName="Provided_look")
    path = found["Environment"]["Variables"].get("AWS_LAMBDA_EXEC_WRAPPER")
    return "exec-wrapper" if path else ""


def test_what_was_made_is_known(stack: Project) -> None:
    assert keys(stack) == ["table/0", "table/1", "table/2"]
    last, physical_id = look(stack)
    assert last == "table/2"
    assert physical_id.startswith("Provided-Table-")


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        ("error", "LookupError: as told"),
        ("large", "CloudFormation takes 4,096"),
        ("sleep", "within the timeout of rows"),
    ],
)
def test_a_failing_update_is_put_back(stack: Project, happens: str, reason: str) -> None:
    before = look(stack)
    said = provisioned(stack, f'Rows(count=5, prefix="table/", happens="{happens}")', exit_code=1)
    assert "app.py:" in said
    assert reason in said
    assert keys(stack) == ["table/0", "table/1", "table/2"]
    assert look(stack) == before


def test_an_update_is_in_place(stack: Project) -> None:
    before = look(stack)
    provisioned(stack, 'Rows(count=2, prefix="table/", happens="")')
    assert keys(stack) == ["table/0", "table/1"]
    assert look(stack) == ["table/1", before[1]]


def test_properties_that_do_not_fit_are_told_before_any_call(stack: Project) -> None:
    said = provisioned(stack, 'Rows(count="two", prefix="table/")', exit_code=1)
    assert "Table.count: expected int, got str" in said
