"""The Runtime API keeps a runtime in order: states, ids, limits; over real sockets."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sparta.local.invocation import Invocation
from sparta.local.lifecycle import PAYLOAD_LIMIT_BYTES
from sparta.local.runtime_api import RuntimeApi

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from sparta.local.invocation import Outcome

BASE = "/2018-06-01/runtime"
NEXT = f"{BASE}/invocation/next"


class Runtime:
    """A client that speaks as a runtime does, and may misbehave."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(address, timeout=10)

    def get(self, path: str = NEXT) -> tuple[int, bytes, dict[str, str]]:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}

    def post(self, path: str, body: bytes = b"{}", **headers: str) -> tuple[int, bytes]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("POST", f"{BASE}/{path}", body, sent)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


@pytest.fixture
def api() -> Iterator[RuntimeApi]:
    with RuntimeApi() as api:
        yield api


@pytest.fixture
def runtime(api: RuntimeApi) -> Iterator[Runtime]:
    runtime = Runtime(api.address)
    yield runtime
    runtime.connection.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def invoke(pool: ThreadPoolExecutor, api: RuntimeApi, body: bytes = b"1") -> Future[Outcome]:
    return pool.submit(api.invoke, Invocation(body, request_id="id-1"))


def test_an_event_goes_out_with_its_headers_and_the_answer_comes_back(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    invocation = Invocation(
        b'{"a": 1}',
        request_id="id-7",
        deadline_ms=round((time.time() + 5) * 1000),
        trace_id="Root=1-2-3",
        client_context='{"custom": {"\u00e9": 1}}',
        tenant_id="blue",
    )
    waiting = pool.submit(api.invoke, invocation)
    status, body, headers = runtime.get()
    assert (status, body) == (200, b'{"a": 1}')
    assert headers["lambda-runtime-aws-request-id"] == "id-7"
    assert headers["lambda-runtime-deadline-ms"] == str(invocation.deadline_ms)
    assert headers["lambda-runtime-trace-id"] == "Root=1-2-3"
    assert headers["lambda-runtime-aws-tenant-id"] == "blue"
    sent = headers["lambda-runtime-client-context"].encode("latin-1").decode()
    assert json.loads(sent) == {"custom": {"\u00e9": 1}}
    assert "lambda-runtime-cognito-identity" not in headers
    assert runtime.post("invocation/id-7/response", b"[2]") == (202, b'{"status":"OK"}\n')
    outcome = waiting.result()
    assert (outcome.kind, outcome.body) == ("response", b"[2]")


def test_next_before_an_answer_gives_the_same_event_again(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    assert runtime.get()[:2] == runtime.get()[:2] == (200, b"1")
    runtime.post("invocation/id-1/response")
    waiting.result()


def test_a_wrong_or_late_request_id_is_refused(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    assert runtime.post("invocation/id-1/response")[0] == 400
    waiting = invoke(pool, api)
    runtime.get()
    status, body = runtime.post("invocation/other/response")
    assert (status, json.loads(body)["errorType"]) == (400, "InvalidRequestID")
    assert runtime.post("invocation/id-1/error", b"{}")[0] == 202
    assert runtime.post("invocation/id-1/response")[0] == 400
    assert waiting.result().kind == "error"


def test_too_large_an_answer_is_413_and_an_error_for_the_caller(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    runtime.get()
    status, body = runtime.post("invocation/id-1/response", b"x" * (PAYLOAD_LIMIT_BYTES + 1))
    assert (status, json.loads(body)["errorType"]) == (413, "RequestEntityTooLarge")
    outcome = waiting.result()
    assert outcome.kind == "error"
    assert json.loads(outcome.body)["errorType"] == "Function.ResponseSizeTooLarge"
    waiting = invoke(pool, api)
    runtime.get()
    largest = b"x" * PAYLOAD_LIMIT_BYTES
    assert runtime.post("invocation/id-1/response", largest)[0] == 202
    assert waiting.result().body == largest


def test_an_init_error_ends_it_and_is_refused_once_events_flow(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    headers = {"Lambda_Runtime_Function_Error_Type": "Runtime.HandlerNotFound"}
    assert runtime.post("init/error", b'{"a":1}', **headers)[0] == 202
    outcome = waiting.result()
    assert (outcome.kind, outcome.body) == ("init_error", b'{"a":1}')
    assert outcome.headers["lambda-runtime-function-error-type"] == "Runtime.HandlerNotFound"
    assert runtime.get()[0] == 403
    assert runtime.post("init/error")[0] == 403
    assert api.wait_ready(0.0) is False
    assert api.invoke(Invocation(b"1")).kind == "init_error"


def test_an_init_error_after_the_first_event_is_refused(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    runtime.get()
    status, body = runtime.post("init/error")
    assert (status, json.loads(body)["errorType"]) == (403, "InvalidStateTransition")
    runtime.post("invocation/id-1/response")
    waiting.result()


def test_chunks_and_trailers_are_joined(api: RuntimeApi, pool: ThreadPoolExecutor) -> None:
    waiting = invoke(pool, api)
    host, port = api.address.split(":")
    with socket.create_connection((host, int(port)), 10) as raw:
        # A response and the next request in one write, as a runtime that pipelines sends them.
        raw.sendall(f"GET {NEXT} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b"200 OK" in raw.recv(65536)
        raw.sendall(
            f"POST {BASE}/invocation/id-1/response HTTP/1.1\r\nHost: x\r\n"
            "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nLambda-Runtime-Function-Error-Type: E\r\n\r\n"
            f"GET {NEXT} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        )
        outcome = waiting.result()
        assert outcome.body == b"abcdefg"
        assert outcome.headers["lambda-runtime-function-error-type"] == "E"
        assert api.wait_idle(5.0)


@pytest.mark.parametrize(
    "request_text",
    [
        "Content-Length: 9\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Content-Length: many\r\n\r\n",
        "Host: x",
    ],
)
def test_a_truncated_request_is_400(api: RuntimeApi, request_text: str) -> None:
    host, port = api.address.split(":")
    with socket.create_connection((host, int(port)), 10) as raw:
        raw.sendall(f"POST {BASE}/invocation/x/response HTTP/1.1\r\n{request_text}".encode())
        raw.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"TruncatedHTTPRequest" in answer


def test_the_nonce_must_come_back(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = pool.submit(api.invoke, Invocation(b"1", request_id="id-1", invocation_id="n"))
    assert runtime.get()[2]["lambda-runtime-invocation-id"] == "n"
    assert runtime.post("invocation/id-1/response")[0] == 410
    answer = runtime.post("invocation/id-1/response", Lambda_Runtime_Invocation_Id="n")
    assert answer[0] == 202
    waiting.result()


def test_an_unknown_response_mode_and_path_are_refused(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    runtime.get()
    status, body = runtime.post(
        "invocation/id-1/response", Lambda_Runtime_Function_Response_Mode="fast"
    )
    assert (status, json.loads(body)["errorType"]) == (400, "InvalidFunctionResponseMode")
    assert runtime.get(f"{BASE}/restore/next")[0] == 404
    runtime.post("invocation/id-1/response")
    waiting.result()


def test_the_deadline_ends_the_wait_and_a_late_answer_is_refused(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    deadline_ms = round((time.time() + 0.2) * 1000)
    waiting = pool.submit(api.invoke, Invocation(b"1", request_id="id-1", deadline_ms=deadline_ms))
    runtime.get()
    outcome = waiting.result()
    assert outcome.kind == "timeout"
    assert "Task timed out after 0." in json.loads(outcome.body)["errorMessage"]
    assert runtime.post("invocation/id-1/response")[0] == 400


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (7, "Runtime exited with error: exit status 7"),
        (-9, "Runtime exited with error: signal: killed"),
        (0, "Runtime exited without providing a reason"),
    ],
)
def test_a_process_that_ended_is_told_at_once(
    api: RuntimeApi, pool: ThreadPoolExecutor, status: int, text: str
) -> None:
    waiting = invoke(pool, api)
    api.process_exited(status)
    outcome = waiting.result()
    assert outcome.kind == "exit"
    assert json.loads(outcome.body)["errorMessage"] == f"RequestId: id-1 Error: {text}"
    assert api.wait_ready(0.0) is False


def test_wait_ready_sees_the_first_request_for_an_event(api: RuntimeApi) -> None:
    assert api.wait_ready(0.01) is False
    runtime = Runtime(api.address)
    runtime.connection.request("GET", NEXT)
    assert api.wait_ready(5.0) is True
    runtime.connection.close()


def test_a_second_event_at_the_same_time_is_a_mistake(
    api: RuntimeApi, runtime: Runtime, pool: ThreadPoolExecutor
) -> None:
    waiting = invoke(pool, api)
    runtime.get()
    with pytest.raises(RuntimeError, match="one event at a time"):
        api.invoke(Invocation(b"2"))
    runtime.post("invocation/id-1/response")
    waiting.result()


def test_closing_ends_a_waiting_runtime_and_every_thread() -> None:
    before = threading.active_count()
    with RuntimeApi() as api:
        runtime = Runtime(api.address)
        runtime.connection.request("GET", NEXT)
        assert api.wait_ready(5.0)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        runtime.connection.getresponse()
    runtime.connection.close()
    deadline_s = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert threading.active_count() <= before
