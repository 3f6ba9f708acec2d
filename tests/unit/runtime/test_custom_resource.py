"""A custom resource is answered whatever happens; the other end is a real HTTP server."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta.errors import EventError
from sparta.runtime.custom_resource import refusing, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STACK = "arn:aws:cloudformation:us-east-1:123456789012:stack/Orders/0a1b2c3d-0000-1111"
DERIVED = "Orders-Rows-0a1b2c3d"


class Seed(sparta.Model):
    table: str
    count: int
    loud: bool = False
    share: float = 0.5
    note: str | None
    tags: list[int] = []  # noqa: RUF012 - a Model's default


class Seeded(sparta.Model):
    last: str


class Context:
    log_stream_name = "stream"

    def __init__(self, remaining_ms: int = 60_000) -> None:
        self.remaining_ms = remaining_ms

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


class Endpoint(ThreadingHTTPServer):
    """Takes answers; the first `failures` of them with status 503."""

    failures = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.answers: list[dict[str, Any]] = []
        self.content_types: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/answer?signed=1"


class Receiver(BaseHTTPRequestHandler):
    def do_PUT(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.content_types.append(self.headers["Content-Type"])
        if server.failures:
            server.failures -= 1
            self.send_response(503)
        else:
            assert len(body) <= 4096
            server.answers.append(json.loads(body))
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def ask(endpoint: Endpoint) -> Callable[..., dict[str, Any]]:
    """Return what sends a request to a provider and returns the one answer."""

    def asked(
        provider: Any, kind: str = "Create", remaining_ms: int = 60_000, **event: Any
    ) -> dict[str, Any]:
        request = {
            "RequestType": kind,
            "ResponseURL": endpoint.url,
            "StackId": STACK,
            "RequestId": "12345678-9",
            "ResourceType": "Custom::seed",
            "LogicalResourceId": "Rows",
            "ResourceProperties": {"ServiceToken": "arn", "table": "t", "count": "3"},
            **event,
        }
        handler = refusing(provider) if isinstance(provider, Exception) else provider.handler
        handler(request, Context(remaining_ms))
        (answer,) = endpoint.answers
        return answer

    return asked


def create(request: sparta.ResourceRequest[Seed]) -> Seeded:
    given = request.properties
    return Seeded(last=repr((given.count, given.loud, given.share, given.note, given.tags)))


def refuse(request: sparta.ResourceRequest[Seed]) -> Seeded:
    raise LookupError(f"no table {request.properties.table}")


SEED = sparta.custom_resource(create=create, name="seed")


def test_what_create_returns_are_the_attributes(
    ask: Callable[..., dict[str, Any]], endpoint: Endpoint
) -> None:
    answer = ask(SEED)
    assert answer == {
        "Status": "SUCCESS",
        "StackId": STACK,
        "RequestId": "12345678-9",
        "LogicalResourceId": "Rows",
        "PhysicalResourceId": DERIVED,
        "Data": {"last": "(3, False, 0.5, None, [])"},
    }
    assert endpoint.content_types == [""]


def test_texts_become_what_was_declared(ask: Callable[..., dict[str, Any]]) -> None:
    texts = {"table": "t", "count": "-4", "loud": "true", "share": "0.25", "tags": ["1", "2"]}
    answer = ask(SEED, ResourceProperties=texts)
    assert answer["Data"] == {"last": "(-4, True, 0.25, None, [1, 2])"}


def test_an_answer_is_sent_again_when_it_was_not_taken(
    ask: Callable[..., dict[str, Any]], endpoint: Endpoint
) -> None:
    endpoint.failures = 1
    assert ask(SEED)["Status"] == "SUCCESS"


def test_an_exception_is_the_reason(ask: Callable[..., dict[str, Any]]) -> None:
    answer = ask(sparta.custom_resource(create=refuse, name="seed"))
    assert answer["Status"] == "FAILED"
    assert answer["Reason"] == "LookupError: no table t (log stream: stream)"
    assert answer["PhysicalResourceId"] == f"{DERIVED}-not-created"


def test_an_exit_is_answered(ask: Callable[..., dict[str, Any]]) -> None:
    def leave(_request: sparta.ResourceRequest[Seed]) -> None:
        raise SystemExit(3)

    assert "SystemExit" in ask(sparta.custom_resource(create=leave))["Reason"]


def test_properties_that_do_not_fit_are_the_reason(ask: Callable[..., dict[str, Any]]) -> None:
    answer = ask(SEED, ResourceProperties={"count": "three"})
    assert "properties.table: missing" in answer["Reason"]
    assert "properties.count: expected int, got str" in answer["Reason"]


@pytest.mark.parametrize("last", ["x" * 4096, "ü" * 2500])
def test_attributes_that_are_too_large_fail_under_the_real_id(
    ask: Callable[..., dict[str, Any]], last: str
) -> None:
    def large(_request: sparta.ResourceRequest[Seed]) -> Seeded:
        return Seeded(last=last)

    answer = ask(sparta.custom_resource(create=large))
    assert "CloudFormation takes 4,096" in answer["Reason"]
    assert answer["PhysicalResourceId"] == DERIVED  # so that a Delete finds it


def test_a_long_reason_is_cut(ask: Callable[..., dict[str, Any]]) -> None:
    def talk(_request: sparta.ResourceRequest[Seed]) -> None:
        raise ValueError('"ü\n' * 5000)

    assert ask(sparta.custom_resource(create=talk))["Reason"].startswith('ValueError: "ü')


def test_a_handler_that_takes_too_long_is_answered_for(
    ask: Callable[..., dict[str, Any]], endpoint: Endpoint
) -> None:
    answered = threading.Event()

    def wait(request: sparta.ResourceRequest[Seed]) -> Seeded:
        request.physical_id = "half-made"
        while not endpoint.answers:
            answered.wait(0.01)
        return Seeded(last="too late")

    answer = ask(sparta.custom_resource(create=wait, name="slow"), remaining_ms=200)
    assert answer["Status"] == "FAILED"
    assert "within the timeout of slow" in answer["Reason"]
    assert answer["PhysicalResourceId"] == "half-made"


def test_an_update_has_both_states_and_keeps_the_id(ask: Callable[..., dict[str, Any]]) -> None:
    def update(request: sparta.ResourceRequest[Seed]) -> Seeded:
        old = request.old_properties
        return Seeded(last=f"{old and old.count} -> {request.properties.count}")

    provider = sparta.custom_resource(create=create, update=update)
    old = {"table": "t", "count": "1"}
    answer = ask(provider, "Update", PhysicalResourceId="made", OldResourceProperties=old)
    assert answer["Data"] == {"last": "1 -> 3"}
    assert answer["PhysicalResourceId"] == "made"


def test_old_properties_of_another_type_fail_only_who_reads_them(
    ask: Callable[..., dict[str, Any]],
) -> None:
    provider = sparta.custom_resource(create=create, update=create)
    answer = ask(provider, "Update", PhysicalResourceId="made", OldResourceProperties={"a": "b"})
    assert answer["Status"] == "SUCCESS"


def test_without_an_update_the_resource_is_replaced(ask: Callable[..., dict[str, Any]]) -> None:
    answer = ask(SEED, "Update", PhysicalResourceId=DERIVED)
    assert answer["PhysicalResourceId"] == f"{DERIVED}-12345678"


def test_a_failed_update_keeps_the_id(ask: Callable[..., dict[str, Any]]) -> None:
    provider = sparta.custom_resource(create=refuse)
    assert ask(provider, "Update", PhysicalResourceId="made")["PhysicalResourceId"] == "made"


def test_what_was_not_created_is_not_deleted(ask: Callable[..., dict[str, Any]]) -> None:
    provider = sparta.custom_resource(create=create, delete=refuse)
    answer = ask(provider, "Delete", PhysicalResourceId=f"{DERIVED}-not-created")
    assert (answer["Status"], answer["Data"]) == ("SUCCESS", {})


def test_what_was_created_is_deleted(ask: Callable[..., dict[str, Any]]) -> None:
    provider = sparta.custom_resource(create=create, delete=refuse)
    answer = ask(provider, "Delete", PhysicalResourceId=DERIVED)
    assert "no table t" in answer["Reason"]


def test_secrets_are_not_echoed(ask: Callable[..., dict[str, Any]]) -> None:
    assert ask(sparta.custom_resource(create=create, no_echo=True))["NoEcho"] is True


def test_what_cannot_be_returned_is_the_reason(ask: Callable[..., dict[str, Any]]) -> None:
    def seven(_request: sparta.ResourceRequest[Seed]) -> int:
        return 7

    assert "returned int" in ask(sparta.custom_resource(create=seven))["Reason"]


def test_a_module_that_cannot_be_imported_is_answered_for(
    ask: Callable[..., dict[str, Any]],
) -> None:
    answer = ask(ImportError("No module named 'nothing'"))
    assert "cannot be imported: ImportError: No module named 'nothing'" in answer["Reason"]
    assert answer["PhysicalResourceId"] == f"{DERIVED}-not-created"


def test_an_event_that_nobody_waits_for_is_an_error() -> None:
    with pytest.raises(EventError, match="RequestType, ResponseURL"):
        serving(SEED)({}, Context())


def test_the_handlers_are_called_in_tests_as_they_are() -> None:
    made = create(sparta.ResourceRequest(Seed(table="t", count=1, note="x")))
    assert made == Seeded(last="(1, False, 0.5, 'x', [])")
