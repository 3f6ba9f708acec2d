"""Streamed answers through the local AWS, which takes them whole, on both runtimes."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local import daemon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.conftest import Project, ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "streaming"
URL_EVENT = {
    "version": "2.0",
    "rawPath": "/",
    "pathParameters": {"book": "b"},
    "requestContext": {
        "domainName": "abc.lambda-url.us-east-1.on.aws",
        "http": {"method": "GET", "path": "/"},
    },
}


@pytest.fixture(scope="module", params=["python", "native"])
def stack(
    request: pytest.FixtureRequest, project_of: ProjectOf, native_library: Path
) -> Iterator[Project]:
    assert native_library.is_file()
    project = project_of(APPLICATION)
    project.run("provision", "--local", "--runtime", request.param)
    yield project
    project.run("delete", "--local")


def get(stack: Project, path: str) -> tuple[int, dict[str, str], bytes]:
    endpoint = daemon.status(stack.folder)
    assert endpoint is not None
    with urllib.request.urlopen(endpoint.reachable(stack.outputs()["booksUrl"]) + path) as answer:
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()


def invoke(stack: Project, name: str, event: object) -> tuple[bool, bytes]:
    answer = stack.client("lambda").invoke(
        FunctionName=f"Streaming_{name}", Payload=json.dumps(event)
    )
    return "FunctionError" in answer, answer["Payload"].read()


def test_a_route_may_stream(stack: Project) -> None:
    status, headers, body = get(stack, "/b/pages")
    assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert body == b"page 0 of b\npage 1 of b\npage 2 of b\n"
    status, headers, body = get(stack, "/b/scan")
    assert (headers["content-type"], body) == ("application/octet-stream", b"\x00b")
    status, headers, body = get(stack, "/b/table")
    assert (status, headers["x-rows"], headers["content-type"]) == (203, "1", "text/csv")
    assert body == b"a,b\n1,2\n"


def test_who_does_not_read_a_stream_gets_the_envelope(stack: Project) -> None:
    failed, payload = invoke(stack, "pages", URL_EVENT)
    assert not failed
    assert json.loads(payload) == {
        "statusCode": 200,
        "headers": {"content-type": "text/plain; charset=utf-8"},
        "body": "page 0 of b\npage 1 of b\npage 2 of b\n",
        "isBase64Encoded": False,
    }


def test_an_event_may_be_answered_by_a_stream(stack: Project) -> None:
    assert invoke(stack, "lines", 2) == (False, b"0\n1\n")


def test_a_stream_that_fails_is_the_functions_error(stack: Project) -> None:
    failed, payload = invoke(stack, "lines", 5)
    error: Any = json.loads(payload)
    assert failed
    assert (error["errorType"], error["errorMessage"]) == ("ValueError", "too many lines")


def test_a_written_answer_is_a_result_or_an_error(stack: Project) -> None:
    assert invoke(stack, "written", 201) == (False, b'{"done": true}')
    failed, payload = invoke(stack, "written", 409)
    error: Any = json.loads(payload)
    assert failed
    assert error["errorType"] == "HttpStatusError"
    assert json.loads(error["errorMessage"]) == {
        "code": 409,
        "status": "Conflict",
        "headers": {"content-type": "application/json"},
        "error": '{"done": true}',
    }
