"""`sparta.http_handler`: handlers that write an HTTP answer, in the way of the first Sparta.

The status decides: 200 to 299 is success, and the body is the function's result; anything else is
an error of the function, whose message is the answer as JSON. For a route of an HTTP API, which
wants every status as a result, return a `sparta.Response` instead.
"""

from __future__ import annotations

from sparta.errors import HttpStatusError, SpartaError
from sparta.runtime.codec import InvalidJsonError, json_of_value, value_of_json
from sparta.runtime.http_answer import problems_of
from sparta.runtime.structured_log import logger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.model.context import Context
    from sparta.runtime.structured_log import Logger

    HttpHandler = Callable[[Any, Any, "ResponseWriter", Logger], object]
    EventHandler = Callable[[dict[str, Any], Context], Any]

_CO_HTTP_COROUTINE = 0x80
_SUCCESS = range(200, 300)


class _UnsendableError(SpartaError):
    """What an `http_handler` wrote cannot be sent: told like a `sparta.Response` that cannot."""

    __sparta_stack__ = False


_UnsendableError.__name__ = "Runtime.MarshalError"


def _unsendable(what: str) -> SpartaError:
    return _UnsendableError(f"Unable to marshal response: {what}")


class ResponseWriter:
    """The answer that a handler writes.

    `status` is the HTTP status, 200 until it is changed; `headers` are the answer's.
    """

    __slots__ = ("_parts", "headers", "status")

    def __init__(self) -> None:
        self.status = 200
        self.headers: dict[str, str] = {}
        self._parts: list[bytes] = []

    def write(self, text: str | bytes) -> None:
        """Append to the body; text is UTF-8.

        Raises:
            TypeError: It is neither text nor bytes.
        """
        if not isinstance(text, (str, bytes)):
            raise TypeError(f"response.write takes str or bytes, not {type(text).__name__}")
        self._parts.append(text.encode() if isinstance(text, str) else text)

    @property
    def body(self) -> bytes:
        """What has been written so far."""
        return b"".join(self._parts)

    def result(self) -> Any:  # noqa: ANN401 - any JSON
        """Return what the function gives: the body, decoded where its content type is JSON.

        Raises:
            HttpStatusError: The status is not one of success; the message is JSON.
            SpartaError: The body is not what the content type says; status or headers are none.
                Lambda hears of it as of any answer that cannot be sent.
        """
        wrong = "; ".join(problems_of(self.status, self.headers))
        if wrong:
            raise _unsendable(wrong)
        is_success = self.status in _SUCCESS
        try:
            text = self.body.decode()
        except UnicodeDecodeError as error:
            if is_success:
                raise _unsendable(f"the body that the handler wrote is no text: {error}") from None
            text = self.body.decode("utf-8", "replace")
        if not is_success:
            answer = {
                "code": self.status,
                "status": status_text(self.status),
                "headers": self.headers,
                "error": text,
            }
            raise HttpStatusError(json_of_value(answer))
        if not self._is_json():
            return text
        try:
            return value_of_json(text) if text else None
        except InvalidJsonError as error:
            raise _unsendable(
                f"the body that the handler wrote is not valid JSON: {error}"
            ) from None

    def _is_json(self) -> bool:
        names = [name for name in self.headers if name.lower() == "content-type"]
        return any("json" in self.headers[name].lower() for name in names)


def http_handler(handler: HttpHandler) -> EventHandler:
    """Make a Lambda handler of one that writes its answer.

        @sparta.function()
        @sparta.http_handler
        def hello(event, context, response, logger):
            response.status = 201
            response.headers["content-type"] = "application/json"
            response.write('{"id": 1}')

    Args:
        handler: `f(event, context, response, logger)`, plain or `async`: the event as decoded JSON,
            Lambda's context, a `ResponseWriter`, and `sparta.logger`. It returns None; anything
            else is a TypeError when it runs.

    Returns:
        A handler of event and context that returns the body, or raises an HttpStatusError.
    """

    def handle(event: Any, context: Any) -> object:  # noqa: ANN401 - any JSON, any context
        response = ResponseWriter()
        _refuse_returned(handler(event, context, response, logger))
        return response.result()

    async def handle_later(event: Any, context: Any) -> object:  # noqa: ANN401 - as above
        response = ResponseWriter()
        done: Any = handler(event, context, response, logger)
        _refuse_returned(await done)
        return response.result()

    code = getattr(handler, "__code__", None)
    is_async = code is not None and code.co_flags & _CO_HTTP_COROUTINE
    made: Any = handle_later if is_async else handle
    made.__name__ = made.__qualname__ = getattr(handler, "__name__", "http_handler")
    made.__doc__ = handler.__doc__
    made.__module__ = getattr(handler, "__module__", __name__)
    made.__annotations__ = {}
    made.__sparta_http_handler__ = handler  # what `handler_of` checks
    chosen: EventHandler = made
    return chosen


_UNRUN = (
    ("a coroutine: declare it with `async def`", "__await__"),
    ("a generator", "__next__"),
    ("an asynchronous generator", "__anext__"),
)


def _refuse_returned(returned: object) -> None:
    """Refuse what a handler returned: it would be lost, or its body is still to run."""
    for kind, mark in _UNRUN:
        if hasattr(returned, mark):
            close = getattr(returned, "close", None)
            if close is not None:
                close()  # or Python warns that it never ran
            raise TypeError(f"an http_handler writes its answer, this one returned {kind}")
    if returned is not None:
        kind = type(returned).__name__
        raise TypeError(
            f"an http_handler writes its answer with response.write, this one returned {kind}"
        )


def status_text(status: int) -> str:
    """Return the words for an HTTP status; empty for one that has none."""
    from http import HTTPStatus

    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
