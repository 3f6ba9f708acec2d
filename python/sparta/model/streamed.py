"""`sparta.stream`: an answer that is sent piece by piece, while it is being made."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable, Mapping

    Chunk = bytes | str
    Chunks = Iterable[Chunk] | AsyncIterable[Chunk]


class StreamedResponse:
    """What `stream` returns; `chunks` can be gone through once."""

    __slots__ = ("chunks", "content_type", "cookies", "headers", "status")

    def __init__(
        self,
        chunks: Chunks,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        cookies: tuple[str, ...] | list[str] = (),
        content_type: str | None = None,
    ) -> None:
        self.chunks = chunks
        self.status = status
        self.headers = headers
        self.cookies = cookies
        self.content_type = content_type

    def __repr__(self) -> str:
        return f"<StreamedResponse {self.status}>"


def stream(
    chunks: Chunks,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    cookies: tuple[str, ...] | list[str] = (),
    content_type: str | None = None,
) -> StreamedResponse:
    """Return an answer that is sent chunk by chunk; a handler returns it.

    The native runtime sends each chunk as soon as it exists; the pure one can only send all of them
    together, as one ordinary answer.

    Args:
        chunks: An iterable or async iterable of bytes and text (sent as UTF-8); closed when
            nobody reads the answer any longer.
        status: The HTTP status, 100 to 599.
        headers: HTTP headers to send, names and texts of one line.
        cookies: Cookies to set, each `name=value; attributes`.
        content_type: What the chunks are; where neither it nor a header says so, `text/plain` or
            `application/octet-stream`, by the first chunk.

    A status, headers, cookies or a content type that cannot be sent are an error of the function,
    of the type `Runtime.MarshalError`, before the first chunk.

    Raises:
        TypeError: `chunks` is a single text, or cannot be gone through.
    """
    is_iterable = hasattr(chunks, "__iter__") or hasattr(chunks, "__aiter__")
    if isinstance(chunks, (str, bytes, bytearray)) or not is_iterable:
        raise TypeError(
            f"sparta.stream takes an iterable of bytes or str, not {type(chunks).__name__}"
        )
    return StreamedResponse(chunks, status, headers, cookies, content_type)
