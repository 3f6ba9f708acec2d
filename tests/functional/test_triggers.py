"""Every trigger reaches its function, and every role allows what was granted and nothing else.

One stack for the module on the local AWS, on both runtimes. The schedule can fire no sooner than a
minute after it was made, so it is made first and awaited last.
"""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.functional.conftest import Project, ProjectOf

    Seen = Callable[[str], str | None]

APPLICATION = Path(__file__).parent / "applications" / "triggers"


def eventually(what: Callable[[], object], timeout_s: float = 15) -> object:
    """Return the first true answer of `what`."""
    end = time.monotonic() + timeout_s
    while True:
        answer = what()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.1)


RUNTIMES = ("python", "native")


@pytest.fixture(scope="module")
def stacks(project_of: ProjectOf, native_library: Path) -> Iterator[dict[str, Project]]:
    """Provision the application once for each runtime, so that both schedules run meanwhile."""
    assert native_library.is_file()
    projects = {runtime: project_of(APPLICATION) for runtime in RUNTIMES}
    for runtime, project in projects.items():
        project.run("provision", "--local", "--runtime", runtime)
    yield projects
    for project in projects.values():
        project.run("delete", "--local", "--empty-buckets")


@pytest.fixture(params=RUNTIMES)
def stack(request: pytest.FixtureRequest, stacks: dict[str, Project]) -> Project:
    return stacks[request.param]


@pytest.fixture
def seen(stack: Project) -> Seen:
    table = stack.outputs()["Seen"]
    dynamodb = stack.client("dynamodb")

    def text(key: str) -> str | None:
        found = dynamodb.get_item(TableName=table, Key={"id": {"S": key}}).get("Item")
        return found["text"]["S"] if found else None

    return text


def invoke(stack: Project, name: str) -> tuple[bool, Any]:
    answer = stack.client("lambda").invoke(FunctionName=f"Triggers_{name}", Payload=b"{}")
    return "FunctionError" in answer, json.loads(answer["Payload"].read())


def test_an_object_in_the_bucket_reaches_its_function(stack: Project, seen: Seen) -> None:
    bucket = stack.outputs()["Uploads"]
    s3 = stack.client("s3")
    s3.put_object(Bucket=bucket, Key="in/skipped.csv", Body=b"x")
    s3.put_object(Bucket=bucket, Key="in/a b+ü.txt", Body=b"x")
    assert eventually(lambda: seen("s3")) == f"{bucket}/in/a b+ü.txt"


def test_messages_of_the_queue_reach_their_function(stack: Project, seen: Seen) -> None:
    url = stack.outputs()["Jobs"]
    for body in ("one", "two", "three"):
        stack.client("sqs").send_message(QueueUrl=url, MessageBody=body)
    for body in ("one", "two", "three"):
        assert eventually(partial(seen, f"sqs-{body}")) == body


def test_a_notification_of_the_topic_reaches_its_function(stack: Project, seen: Seen) -> None:
    stack.client("sns").publish(TopicArn=stack.outputs()["News"], Message="hello")
    assert eventually(lambda: seen("sns")) == "hello"


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_the_runtime_is_the_one_that_was_asked_for(
    stacks: dict[str, Project], runtime: str
) -> None:
    assert invoke(stacks[runtime], "served_natively") == (False, runtime == "native")


def test_a_role_that_lacks_the_action_is_refused(stack: Project, seen: Seen) -> None:
    failed, answer = invoke(stack, "forbidden")
    assert failed
    assert "AccessDenied" in json.dumps(answer)
    assert seen("forbidden") is None


def test_an_undeclared_attribute_read_names_function_and_fix(stack: Project) -> None:
    failed, answer = invoke(stack, "undeclared")
    assert failed
    assert answer["errorType"] == "DiscoveryError"
    assert "undeclared reads Seen.Ref, but does not declare Seen" in answer["errorMessage"]


def test_the_schedule_fires(seen: Seen) -> None:
    assert eventually(lambda: seen("schedule"), timeout_s=90)
