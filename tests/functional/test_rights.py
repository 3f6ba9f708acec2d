"""ARN expressions, denials and conditions of roles, enforced by the local AWS."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "rights"


@pytest.fixture(scope="module")
def stack(project_of: ProjectOf) -> Iterator[Project]:
    project = project_of(APPLICATION)
    project.run("provision", "--local", "--runtime", "python")
    yield project
    project.run("delete", "--local", "--empty-buckets")


def invoke(stack: Project, name: str, **event: str) -> tuple[bool, Any]:
    answer = stack.client("lambda").invoke(
        FunctionName=f"Rights_{name}", Payload=json.dumps(event).encode()
    )
    return "FunctionError" in answer, json.loads(answer["Payload"].read())


def test_a_right_ends_where_its_arn_expression_does(stack: Project) -> None:
    assert invoke(stack, "store", key="images/a.png") == (False, "stored")
    for key in ("a.png", "images/secret/a.png"):
        failed, answer = invoke(stack, "store", key=key)
        assert failed, key
        assert "AccessDenied" in json.dumps(answer)


def test_a_query_may_use_an_index(stack: Project) -> None:
    assert invoke(stack, "query", day="monday") == (False, 0)


def test_a_condition_that_does_not_hold_allows_nothing(stack: Project) -> None:
    assert invoke(stack, "here", key="images/b.png") == (False, "stored")
    failed, answer = invoke(stack, "elsewhere", key="images/b.png")
    assert failed
    assert "AccessDenied" in json.dumps(answer)
