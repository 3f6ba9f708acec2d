"""Streamed answers: from what a handler gives to the head and the chunks of one answer.

The native core sends them as they come; the pure runtime, which AWS's client lets answer only once,
collects them. Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
"""

from __future__ import annotations

from sparta.model.response import Response
from sparta.model.streamed import StreamedResponse
from sparta.runtime.codec import json_of_value
from sparta.runtime.http import response_of
from sparta.runtime.http_answer import UnsendableError, check_answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from sparta.model.streamed import Chunk

HTTP_CONTENT_TYPE = "application/vnd.awslambda.http-integration-response"
"""Says that the answer begins with a JSON object of status, headers and cookies."""
HTTP_SEPARATOR = b"\x00" * 8
"""Stands between that object and the body."""
_STREAM_BYTES_TYPE = "application/octet-stream"
_STREAM_TEXT_TYPE = "text/plain; charset=utf-8"


class OpenedStream:
    """A streamed answer whose first chunk exists.

    Args:
        content_type: Of the answer as Lambda gets it.
        first: What is sent at once: the first chunk, and what stands before it.
        rest: Gives the other chunks.
    """

    __slots__ = ("content_type", "first", "rest")

    def __init__(self, content_type: str, first: bytes, rest: Iterator[Chunk]) -> None:
        self.content_type = content_type
        self.first = first
        self.rest = rest


def streamed_of(result: object, *, is_stream: bool) -> StreamedResponse | None:
    """Return the stream that a handler's result is; None where it is an ordinary result.

    Args:
        result: What calling the handler gave.
        is_stream: Whether the handler is a generator: then an iterator is a stream.
    """
    if isinstance(result, StreamedResponse):
        return result
    if is_stream and (hasattr(result, "__next__") or hasattr(result, "__anext__")):
        chunks: Any = result
        return StreamedResponse(chunks)
    return None


def opened(
    streamed: StreamedResponse, raw: object, *, is_request: bool
) -> OpenedStream | dict[str, Any] | bytes:
    """Wait for the first chunk, and return the answer from there on.

    Args:
        streamed: What the handler gave.
        raw: The event.
        is_request: Whether the handler takes an HTTP request.

    Returns:
        The stream; or, where its reader can't stream, what `collected` returns.

    Raises:
        UnsendableError: As `collected`.
        Exception: Whatever the chunks raise before there is one.
    """
    if cannot_stream(raw):
        return collected(streamed, is_request=is_request)
    rest = iterator_of(streamed)
    try:
        check_stream(streamed)
        chunks = [(chunk, bytes_of_chunk(chunk)) for chunk in first_of(rest)]
        first, encoded = chunks[0] if chunks else (None, b"")
        if not (is_request or is_http(streamed)):
            return OpenedStream(streamed.content_type or _STREAM_BYTES_TYPE, encoded, rest)
        prelude = prelude_of(streamed, headers_of(streamed, first))
    except BaseException:
        close(rest)
        raise
    return OpenedStream(HTTP_CONTENT_TYPE, prelude + encoded, rest)


def collected(streamed: StreamedResponse, *, is_request: bool) -> dict[str, Any] | bytes:
    """Return all chunks together: API Gateway's envelope for HTTP, otherwise bytes.

    Raises:
        UnsendableError: A chunk is neither bytes nor text that UTF-8 can hold; status, headers,
            cookies or content type are none.
        Exception: Whatever the chunks raise.
    """
    rest = iterator_of(streamed)
    try:
        check_stream(streamed)
        chunks = [(chunk, bytes_of_chunk(chunk)) for chunk in rest]
    finally:
        close(rest)
    whole = b"".join(encoded for _, encoded in chunks)
    if not (is_request or is_http(streamed)):
        return whole
    first = chunks[0][0] if chunks else None
    body: object = whole
    if all(isinstance(chunk, str) for chunk, _ in chunks):
        body = whole.decode() if chunks else None
    headers = headers_of(streamed, first)
    response = Response(body, status=streamed.status, headers=headers, cookies=streamed.cookies)
    return response_of(response)


def check_stream(streamed: StreamedResponse) -> None:
    """Refuse a stream that says what HTTP cannot, before anything of it is sent.

    Raises:
        UnsendableError: With everything that is wrong.
    """
    check_answer(streamed.status, streamed.headers, streamed.cookies, streamed.content_type)


def first_of(chunks: Iterator[Chunk]) -> list[Chunk]:
    """Return the first chunk, if there is one, as a list."""
    for chunk in chunks:
        return [chunk]
    return []


def prelude_of(streamed: StreamedResponse, headers: Mapping[str, str]) -> bytes:
    """Return what stands before the body of an HTTP answer, which `check_stream` has passed."""
    prelude: dict[str, object] = {"statusCode": streamed.status, "headers": headers}
    if streamed.cookies:
        prelude["cookies"] = list(streamed.cookies)
    return json_of_value(prelude).encode() + HTTP_SEPARATOR


def cannot_stream(raw: object) -> bool:
    """Return whether an event is a request of an HTTP API, which takes whole answers only.

    Function URLs send the same payload format 2.0, under a domain of their own, and do stream.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html
    """
    if not isinstance(raw, dict) or raw.get("version") != "2.0":
        return False
    context = raw.get("requestContext")
    domain = str(context.get("domainName") or "") if isinstance(context, dict) else ""
    return domain != "" and ".lambda-url." not in domain


def is_http(streamed: StreamedResponse) -> bool:
    """Return whether a stream says something that only HTTP has."""
    return streamed.status != 200 or bool(streamed.headers) or bool(streamed.cookies)  # noqa: PLR2004 - HTTP's number for success


def headers_of(streamed: StreamedResponse, first: Chunk | None) -> dict[str, str]:
    """Return a stream's HTTP headers, with a content type where there is anything to have one."""
    headers = streamed.headers or {}
    own = streamed.content_type
    if own is None and not any(name.lower() == "content-type" for name in headers):
        own = _STREAM_TEXT_TYPE if isinstance(first, str) else _STREAM_BYTES_TYPE
        own = None if first is None else own
    return {**({"content-type": own} if own else {}), **headers}


def bytes_of_chunk(chunk: object) -> bytes:
    """Return a chunk as it is sent.

    Raises:
        UnsendableError: It is neither bytes nor text that UTF-8 can hold.
    """
    if isinstance(chunk, bytes):
        return chunk
    if not isinstance(chunk, str):
        raise UnsendableError(f"a chunk must be bytes or str, not {type(chunk).__name__}")
    try:
        return chunk.encode()
    except UnicodeEncodeError as error:
        raise UnsendableError(str(error)) from None


def iterator_of(streamed: StreamedResponse) -> Iterator[Chunk]:
    """Return what gives the chunks one by one; async ones on the kept event loop."""
    chunks: Any = streamed.chunks
    if hasattr(chunks, "__aiter__"):
        from sparta.runtime.pump import Pump

        return Pump(chunks)
    return iter(chunks)


def close(chunks: Any) -> None:  # noqa: ANN401 - any iterator
    """Tell an iterator that no more is wanted of it; generators run their `finally`."""
    if hasattr(chunks, "close"):
        chunks.close()
