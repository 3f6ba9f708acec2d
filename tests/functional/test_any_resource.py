"""Typed resources, parameters and conditions on the local AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "any_resource"


@pytest.fixture(scope="module")
def stack(project_of: ProjectOf) -> Iterator[Project]:
    project = project_of(APPLICATION, "AnyResource")
    yield project
    project.run("delete", "--local", "--purge")


def answer(stack: Project) -> Any:
    found = stack.client("lambda").invoke(FunctionName="AnyResource_tell")
    return json.loads(found["Payload"].read())


def kinds(stack: Project) -> set[str]:
    found = stack.client("cloudformation").list_stack_resources(StackName="AnyResource")
    return {one["LogicalResourceId"] for one in found["StackResourceSummaries"]}


def test_parameters_decide_and_are_remembered(stack: Project) -> None:
    refused = stack.run("provision", "--local", exit_code=1)
    assert "the parameter Secret has no value" in refused
    stack.run("provision", "--local", "--parameter", "Secret=abc", "--parameter", "Stage=prod")
    queue = stack.outputs()["Jobs"]
    assert answer(stack) == {"stage": "prod", "queue": queue, "name": "prod-jobs"}
    assert "Failed" in kinds(stack)
    assert stack.outputs()["Place"].endswith(":table/" + stack.outputs()["Orders"] + "/prod")
    note = stack.client("ssm").get_parameter(Name=stack.outputs()["Note"])
    assert note["Parameter"]["Value"] == "abc many"
    again = stack.run("provision", "--local")
    assert "No changes detected" in again
    stack.run("provision", "--local", "--parameter", "Stage=dev")
    assert answer(stack)["name"] == "dev-jobs"
    note = stack.client("ssm").get_parameter(Name=stack.outputs()["Note"])
    assert note["Parameter"]["Value"] == "abc few"
    assert "Failed" not in kinds(stack)
