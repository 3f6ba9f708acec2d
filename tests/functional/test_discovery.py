"""What deployed functions find out, on both runtimes: their stack, secrets, parameters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "discovery"
WORDS = "/outside/words"


@pytest.fixture(scope="module", params=["python", "native"])
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    project.run("provision", "--local", "--runtime", request.param)
    parameters = project.client("ssm")
    parameters.put_parameter(Name=WORDS, Value="one,two", Type="StringList", Overwrite=True)
    yield project
    parameters.delete_parameter(Name=WORDS)
    project.run("delete", "--local")


def invoked(stack: Project, function: str) -> tuple[Any, str]:
    answer = stack.client("lambda").invoke(
        FunctionName=f"Discovery_{function}", Payload=b"{}", LogType="Tail"
    )
    return json.loads(answer["Payload"].read()), answer.get("FunctionError", "")


def test_values_have_their_types_and_are_fetched_anew_when_they_are_old(stack: Project) -> None:
    answer, error = invoked(stack, "values")
    assert not error, json.dumps(answer, indent=1)
    assert answer == {"user": "orders", "length": 32, "items": 3, "words": ["one", "two"]}
    secrets = stack.client("secretsmanager")
    changed = json.dumps({"user": "other", "password": "short"})
    secrets.put_secret_value(SecretId=stack.outputs()["Database"], SecretString=changed)
    answer, _ = invoked(stack, "values")
    assert (answer["user"], answer["length"]) == ("other", 5)


def test_a_value_that_does_not_fit_is_not_shown(stack: Project) -> None:
    secrets = stack.client("secretsmanager")
    wrong = json.dumps({"user": "topsecret", "password": 1})
    secrets.put_secret_value(SecretId=stack.outputs()["Database"], SecretString=wrong)
    answer, error = invoked(stack, "values")
    assert error
    assert answer["errorType"].endswith("DiscoveryError")
    assert "password: expected str, got int" in answer["errorMessage"]
    assert "topsecret" not in json.dumps(answer)


def test_without_the_right_the_message_says_what_to_do(stack: Project) -> None:
    answer, error = invoked(stack, "refused")
    assert error
    assert "AWS refuses the secret Forbidden: AccessDenied" in answer["errorMessage"]
    assert "add its read() to the uses=" in answer["errorMessage"]


def test_what_the_environment_has_no_room_for_is_read_from_parameters(stack: Project) -> None:
    answer, error = invoked(stack, "many")
    assert not error, json.dumps(answer, indent=1)
    assert (answer["region"], answer["name"], answer["last"]) == ("us-east-1", "Discovery", True)
    assert answer["id"].startswith("arn:aws:cloudformation:us-east-1:")
    assert answer["queues"] == sorted(f"Queue{number}" for number in range(22))
    assert answer["url"].startswith("http")
    environment = stack.client("lambda").get_function_configuration(FunctionName="Discovery_many")
    variables = environment["Environment"]["Variables"]
    assert len(variables["SPARTA_DISCOVERY_PARAMETERS"].split(",")) >= 2
    assert json.loads(variables["SPARTA_DISCOVERY_INFO"])["Resources"] == {}
