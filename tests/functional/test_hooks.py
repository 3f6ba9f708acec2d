"""Hooks, decorators, interceptors, commands and flags of an application, on both runtimes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "hooks"
STAGES = ["before_build", "after_build", "before_template", "after_template"]


def said(text: str, word: str) -> list[str]:
    return [line.split()[1] for line in text.splitlines() if line.startswith(f"{word} ")]


@pytest.fixture(scope="module", params=["python", "native"])
def deployed(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[tuple[Project, str]]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    text = project.run("provision", "--local", "--runtime", request.param, "--stage", "prod")
    yield project, text
    project.run("delete", "--local")


def invoked(project: Project, function: str, event: dict[str, Any]) -> Any:
    answer = project.client("lambda").invoke(
        FunctionName=f"Hooks_{function}", Payload=json.dumps(event).encode(), LogType="Tail"
    )
    return json.loads(answer["Payload"].read())


def test_hooks_are_called_in_their_order_and_tell_each_other(
    deployed: tuple[Project, str],
) -> None:
    _, text = deployed
    assert said(text, "HOOK") == STAGES
    assert "HOOK after_template prod ['after_build', 'before_build', 'before_template'," in text
    assert said(text, "UNDO") == []


def test_interceptors_see_requests_and_their_answers(deployed: tuple[Project, str]) -> None:
    project, _ = deployed
    answer = invoked(project, "order", {"body": '{"sku": "x"}', "headers": {}})
    body = json.loads(answer["body"])
    assert body == {"sku": "x", "rules": "prod", "seen_by": "Hooks_order"}
    assert invoked(project, "order", {"body": "{}"})["statusCode"] == 400
    assert invoked(project, "later", {"a": "b"}) == {"a": "b", "seen_by": "Hooks_later"}


def test_an_error_is_seen_and_keeps_its_stack(deployed: tuple[Project, str]) -> None:
    project, _ = deployed
    answer = invoked(project, "order", {"body": '{"sku": "bad"}', "headers": {}})
    assert (answer["errorType"], answer["errorMessage"]) == ("ValueError", "a bad order")
    assert "in order" in answer["stackTrace"][0]


def test_decorators_add_what_they_return(deployed: tuple[Project, str]) -> None:
    project, _ = deployed
    outputs = project.outputs()
    assert outputs["Service"] == "Hooks"
    assert outputs["OwnTopic"].startswith("arn:aws:sns:")


def test_a_validator_stops_it_and_what_was_done_is_undone(project_of: ProjectOf) -> None:
    project = project_of(APPLICATION)
    text = project.run("provision", "--noop", "--most", "3", exit_code=1)
    assert "ValueError: 7 resources are too many" in text
    assert "app.py:" in text
    assert said(text, "UNDO") == list(reversed(STAGES))
    assert said(text, "HOOK") == [*STAGES, "rollback"]


def test_commands_and_flags_are_the_applications_own(project_of: ProjectOf) -> None:
    project = project_of(APPLICATION)
    assert project.run("greet", "--who", "me").strip() == "hello me"
    assert "Which stage it is for." in project.run("provision", "--help")
