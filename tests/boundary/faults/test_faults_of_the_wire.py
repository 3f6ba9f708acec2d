"""A Runtime API that is slow, odd or broken: the core answers, or ends, as AWS's client does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.boundary.faults.conftest import Clients, Spoken, Step

ECHO = "def handler(event, context):\n    return event\n"
FAILS = "def handler(event, context):\n    raise KeyError(event)\n"
NEXT = "GET /2018-06-01/runtime/invocation/next"
RESPONSE = "POST /2018-06-01/runtime/invocation/request-1/response"
ERROR = "POST /2018-06-01/runtime/invocation/request-1/error"
RESTORE = "GET /2018-06-01/runtime/restore/next"
RESTORE_ERROR = "POST /2018-06-01/runtime/restore/error"
INIT_ERROR = "POST /2018-06-01/runtime/init/error"
ACCEPTED = b'HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{"status":"OK"}\n'


def event(body: bytes, *headers: str, length: int | None = None) -> bytes:
    """Return an answer to /next."""
    lines = [
        "HTTP/1.1 200 OK",
        "Lambda-Runtime-Aws-Request-Id: request-1",
        "Lambda-Runtime-Deadline-Ms: 4000000000000",
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f",
        "Content-Type: application/json",
        *headers,
    ]
    if not any(line.lower().startswith(("transfer-encoding", "connection")) for line in headers):
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def status(code: int) -> bytes:
    return b"HTTP/1.1 %d Status\r\nContent-Length: 3\r\n\r\nwhy" % code


def both(
    clients: Clients, source: str, steps: Callable[[], list[Step | bytes]], count: int
) -> tuple[Spoken, Spoken]:
    aws = clients.speak("aws", source, steps(), count)
    return aws, clients.speak("core", source, steps(), count)


INTERIM = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
ANSWERS: dict[str, tuple[bytes | float, ...]] = {
    "slowly": (0.5, event(b'"x"')),
    "in pieces": tuple(
        part for at in range(0, 300, 7) for part in (event(b'"x"')[at : at + 7], 0.002)
    ),
    "head and body apart": (event(b'"x"')[:-3], 0.3, b'"', 0.3, b'x"'),
    "chunked": (event(b'1\r\n"\r\n2;a=b\r\nx"\r\n0\r\n\r\n', "Transfer-Encoding: chunked"),),
    "chunks apart": (
        event(b"", "Transfer-Encoding: chunked"), b"1\r", 0.05, b'\n"\r\n', 0.05, b"02\r\nx",
        0.05, b'"\r\n0\r\nTrailer: t\r\n', 0.05, b"\r\n",
    ),
    "interim first": (INTERIM, event(b'"x"')),
    "interim apart": (INTERIM[:30], 0.05, INTERIM[30:], 0.05, event(b'"x"')),
    "unknown headers": (event(b'"x"', "X-Other: a", "x-other: b", "Empty:", "Odd: \xe9\xff"),),
    "a hundred headers": (event(b'"x"', *(f"X-{number}: {number}" for number in range(100))),),
    "a long header": (event(b'"x"', "X-Long: " + "y" * 100_000),),
    "odd spelling": (event(b'"x"').replace(b"Lambda-Runtime", b"LAMBDA-runtime"),),
    "a long reason": (event(b'"x"').replace(b"200 OK", b"200 All is well, go on"),),
    "no reason": (event(b'"x"').replace(b"200 OK", b"200"),),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_event_is_read_however_it_comes(clients: Clients, step: type[Step], name: str) -> None:
    def script() -> list[Step | bytes]:
        return [step(*ANSWERS[name]), ACCEPTED, event(b"2"), ACCEPTED]

    for spoken in both(clients, ECHO, script, 5):
        assert spoken.requests == [
            (NEXT, b""), (RESPONSE, b'"x"'), (NEXT, b""), (RESPONSE, b"2"), (NEXT, b""),
        ]  # fmt: skip
        assert spoken.status is None, spoken.output


def test_an_event_of_6_mb_in_chunks(clients: Clients) -> None:
    body = b'"' + b"x" * (6 * 1024 * 1024) + b'"'
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    spoken = clients.speak("core", ECHO, [event(framed, "Transfer-Encoding: chunked"), ACCEPTED], 3)
    assert [path for path, _ in spoken.requests] == [NEXT, RESPONSE, NEXT]
    assert spoken.requests[1][1] == body


@pytest.mark.parametrize("end", ["close", "half", "reset"])
@pytest.mark.parametrize("after", ["next", "post"])
def test_a_connection_that_ends_between_requests_is_made_again(
    clients: Clients, step: type[Step], end: str, after: str
) -> None:
    def script() -> list[Step | bytes]:
        first, second = (end, "") if after == "next" else ("", end)
        return [step(event(b"1"), end=first), step(ACCEPTED, end=second), event(b"2"), ACCEPTED]

    spoken = clients.speak("core", ECHO, script(), 5)
    answers = [(NEXT, b""), (RESPONSE, b"1"), (NEXT, b""), (RESPONSE, b"2"), (NEXT, b"")]
    assert spoken.requests == answers
    assert spoken.status is None, spoken.output


BROKEN = {
    "nothing, closed": ("", "close"),
    "nothing, half-closed": ("", "half"),
    "reset": ("", "reset"),
    "half a head": ("HTTP/1.1 200 OK\r\nLambda-Run", "close"),
    "half a body": (event(b'"x', length=3).decode(), "close"),
    "half a body, reset": (event(b'"x', length=3).decode(), "reset"),
    "half a chunk": (event(b'3\r\n"x', "Transfer-Encoding: chunked").decode(), "close"),
    "a wrong chunk": (event(b'z\r\n"x"\r\n', "Transfer-Encoding: chunked").decode(), ""),
    "no HTTP": ("SSH-2.0-OpenSSH\r\n\r\n", "close"),
    "no length": (event(b"1").decode().replace("Length: 1", "Length: x"), "close"),
    "403": (status(403).decode(), ""),
    "500": (status(500).decode(), ""),
    "no request id": ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_event_that_does_not_come_ends_the_process(
    clients: Clients, step: type[Step], name: str
) -> None:
    text, end = BROKEN[name]
    spoken = clients.speak("core", ECHO, [step(text.encode(), end=end)], 2)
    assert spoken.requests == [(NEXT, b"")]
    assert spoken.status == 1
    last = spoken.output.splitlines()[-1]
    assert last.startswith("RuntimeError: Lambda's Runtime API ")


POSTS = {
    "response": (ECHO, RESPONSE),
    "error": (FAILS, ERROR),
}


@pytest.mark.parametrize("code", [400, 403, 500, 503])
@pytest.mark.parametrize("kind", POSTS)
def test_a_refused_answer_ends_the_process_as_it_does_aws_client(
    clients: Clients, kind: str, code: int
) -> None:
    source, path = POSTS[kind]
    for spoken in both(clients, source, lambda: [event(b"1"), status(code)], 3):
        assert [request for request, _ in spoken.requests] == [NEXT, path]
        assert spoken.status == 1
    assert f"refused ({kind}): {code} why" in spoken.output


@pytest.mark.parametrize("code", [410, 413])
@pytest.mark.parametrize("kind", POSTS)
def test_an_answer_that_came_too_late_or_is_too_large_concerns_one_event(
    clients: Clients, kind: str, code: int
) -> None:
    source, path = POSTS[kind]
    script: list[Step | bytes] = [event(b"1"), status(code), event(b"2"), ACCEPTED]
    spoken = clients.speak("core", source, script, 5)
    assert [request for request, _ in spoken.requests] == [NEXT, path, NEXT, path, NEXT]
    assert spoken.status is None
    assert f"Lambda did not take the answer to this event: {code} why" in spoken.output


@pytest.mark.parametrize("code", [202, 403, 410, 413, 500])
def test_a_failed_start_ends_the_process_whatever_the_answer(clients: Clients, code: int) -> None:
    for spoken in both(clients, "import absent", lambda: [status(code)], 2):
        assert [request for request, _ in spoken.requests] == [INIT_ERROR]
        assert spoken.status == 1
        assert "Runtime.ImportModuleError" in spoken.output


RESTORED_BADLY = """
try:
    import snapshot_restore_py as hooks
except ImportError:
    import sys, types
    hooks = sys.modules["snapshot_restore_py"] = types.ModuleType("snapshot_restore_py")
    hooks.after = []
    hooks.get_before_snapshot, hooks.get_after_restore = list, lambda: hooks.after
    hooks.register_after_restore = lambda hook: hooks.after.append((hook, (), {}))
def fail():
    raise OSError("restored badly")
hooks.register_after_restore(fail)
"""


@pytest.mark.parametrize("code", [202, 403, 410, 413, 500])
def test_a_failed_restore_ends_the_process_whatever_the_answer(clients: Clients, code: int) -> None:
    # The core takes 410 and 413 as Lambda's word on what it sent, and ends as it would have.
    for name, kept in (("aws", {202}), ("core", {202, 410, 413})):
        spoken = clients.speak(
            name,
            RESTORED_BADLY + ECHO,
            [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", status(code)],
            3,
            AWS_LAMBDA_INITIALIZATION_TYPE="snap-start",
        )
        assert [request for request, _ in spoken.requests] == [RESTORE, RESTORE_ERROR], name
        assert spoken.status == (65 if code in kept else 1), (name, spoken.output)
        assert "OSError: restored badly" in spoken.output
