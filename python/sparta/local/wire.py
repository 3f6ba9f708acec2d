"""HTTP/1.1 as far as a Runtime API client speaks it: requests read, responses in one write.

Written out rather than taken from `http.server`, which answers in several small writes; together
with delayed acknowledgements that costs 40 ms for each request.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

LINE_LIMIT_BYTES = 1_048_576
"""Longest header line taken; AWS's client sends up to 1 MiB of X-Ray cause in one line."""


class TruncatedRequestError(Exception):
    """The peer ended, or spoke something that is not HTTP/1.1, in the middle of a request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Args:
        method: "GET" or "POST".
        path: The target as sent, query included.
        headers: By lower-case name; trailers of a chunked body are among them.
        body: The whole body, chunks joined.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def read_request(stream: BinaryIO, send: Callable[[bytes], object]) -> Request | None:
    """Return the next request of a connection, None at its orderly end.

    Args:
        stream: The buffered reading side.
        send: The writing side, for the interim answer to `Expect: 100-continue`.

    Raises:
        TruncatedRequestError: The connection ended or was not HTTP within a request.
    """
    line = _line(stream)
    if not line:
        return None
    try:
        method, path, _version = line.decode("latin-1").split()
    except ValueError:
        raise TruncatedRequestError(f"not a request line: {line[:80]!r}") from None
    headers = _headers(stream)
    if headers.get("expect", "").lower() == "100-continue":
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return Request(method, path, headers, _chunks(stream, headers))
    return Request(method, path, headers, _exactly(stream, _length(headers)))


def response(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """Return a whole response, to be sent by one write.

    Args:
        status: The HTTP status code.
        headers: Names and values besides Content-Length; values are sent as UTF-8.
        body: The body, possibly empty.
    """
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("utf-8") + body


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(LINE_LIMIT_BYTES)
    if line and not line.endswith(b"\n"):
        raise TruncatedRequestError("a line without an end")
    return line


def _headers(stream: BinaryIO) -> dict[str, str]:
    found: dict[str, str] = {}
    while (line := _line(stream)) not in {b"\r\n", b"\n"}:
        if not line:
            raise TruncatedRequestError("the headers do not end")
        name, _, value = line.decode("utf-8", "surrogateescape").partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def _length(headers: dict[str, str]) -> int:
    text = headers.get("content-length", "0")
    if not text.isdecimal():
        raise TruncatedRequestError(f"not a Content-Length: {text!r}")
    return int(text)


def _exactly(stream: BinaryIO, size_bytes: int) -> bytes:
    body = stream.read(size_bytes)
    if len(body) != size_bytes:
        raise TruncatedRequestError(f"{len(body)} of {size_bytes} body bytes")
    return body


def _chunks(stream: BinaryIO, headers: dict[str, str]) -> bytes:
    parts: list[bytes] = []
    while True:
        text = _line(stream).split(b";")[0].strip()
        try:
            size_bytes = int(text, 16)
        except ValueError:
            raise TruncatedRequestError(f"not a chunk size: {text[:20]!r}") from None
        if not size_bytes:
            headers.update(_headers(stream))
            return b"".join(parts)
        parts.append(_exactly(stream, size_bytes))
        _line(stream)
