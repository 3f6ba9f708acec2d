"""`sparta.Response`: an HTTP answer with a status and headers of its own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Response:
    """What a handler on a route returns when status or headers matter.

    Args:
        body: None for no body, text, bytes (sent base64-encoded, as API Gateway wants them), or
            anything that JSON can hold.
        status: The HTTP status, 100 to 599.
        headers: Headers to send, names and texts of one line; a `content-type` here replaces the
            one derived from `body`.
        cookies: Cookies to set, each `name=value; attributes`.

    What cannot be sent is found when the handler returns it: an error of the function, of the type
    `Runtime.MarshalError`, that says everything that is wrong.
    """

    __slots__ = ("body", "cookies", "headers", "status")

    def __init__(
        self,
        body: Any = None,  # noqa: ANN401 - anything JSON can hold
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        cookies: tuple[str, ...] | list[str] = (),
    ) -> None:
        self.body = body
        self.status = status
        self.headers = headers
        self.cookies = cookies

    def __repr__(self) -> str:
        return f"<Response {self.status}>"
