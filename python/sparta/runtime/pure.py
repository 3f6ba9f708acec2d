"""The pure runtime: what AWS's own Python client calls for one handler.

AWS's client has decoded the event and will encode the result; between the two, this does what the
native core does: makes the handler's event, awaits it if it is async, wraps an HTTP result.
"""

from __future__ import annotations

import sys

from sparta.errors import EventError, SpartaError
from sparta.model.request import Request
from sparta.model.streamed import StreamedResponse
from sparta.runtime.decode import word_of
from sparta.runtime.discovery import handler_runs
from sparta.runtime.http import body_of, refusal_of, response_of
from sparta.runtime.measured import measured
from sparta.runtime.structured_log import scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Awaitable, Callable
    from types import TracebackType
    from typing import Any

    from sparta.runtime.handler import Handler

_OUR_PACKAGES = ("sparta", "asyncio")
_HAS_STACK = "__sparta_stack__"


def entry_of(handler: Handler) -> Callable[[Any, Any], object]:
    """Return the callable that AWS's client is given; `__sparta_handler__` is its Handler."""
    if handler.is_async:
        event_loop()  # importing asyncio takes 45 ms: spent in INIT, which has a full core
    work: Callable[..., object] = _serve_request if handler.is_request else _serve_event
    if handler.runtime_metrics:
        work = measured(work)
    if handler.is_extended:
        __import__("sparta.runtime.extended")  # in INIT, as above

    def invoke(event: Any, context: Any) -> object:  # noqa: ANN401 - any JSON, any context
        handler_runs(handler.name)
        scope.context = context
        try:
            return work(handler, event, context)
        except Exception as error:
            if isinstance(error, SpartaError) and getattr(error, _HAS_STACK, True) is False:
                raise _fault(type(error).__name__, str(error), error) from None
            # A bare raise adds no frame of its own: the first frame that is left is the user's,
            # as it would be if AWS's client called the handler itself.
            error.__traceback__ = _users_part(error.__traceback__)
            raise

    invoke.__name__ = invoke.__qualname__ = handler.name
    invoke.__sparta_handler__ = handler  # type: ignore[attr-defined]
    return invoke


def event_loop() -> AbstractEventLoop:
    """Return the one event loop of this process, kept between events."""
    loop = _kept.loop
    if loop is None or loop.is_closed():
        import asyncio

        loop = _kept.loop = asyncio.new_event_loop()
    return loop


def awaited(result: Awaitable[Any]) -> Any:  # noqa: ANN401 - what the handler returns
    """Run a coroutine on the kept event loop and return its result.

    Tasks it leaves behind go on when the next event is awaited.
    """
    return event_loop().run_until_complete(result)


class KeptLoop:
    """Holds the event loop between events."""

    __slots__ = ("loop",)

    def __init__(self) -> None:
        self.loop: AbstractEventLoop | None = None


_kept = KeptLoop()


def _serve_event(handler: Handler, raw: Any, context: Any) -> object:  # noqa: ANN401
    event = raw
    if handler.event_type is not None:
        try:
            event = handler.event_type(raw)
        except EventError as error:
            raise _fault("EventError", str(error), error) from None
    result = _called(handler, event, context)
    if handler.is_stream or type(result) is StreamedResponse:
        return _collected(handler, result)
    return result


def _serve_request(handler: Handler, raw: Any, context: Any) -> object:  # noqa: ANN401
    if not isinstance(raw, dict):
        error = EventError(f"expected object, got {word_of(raw)}", where="event")
        raise _fault("EventError", str(error), error) from None
    try:
        body = body_of(raw, handler.body_schema or ("any",))
    except EventError as error:
        log_refusal(error)
        return refusal_of(error)
    result = _called(handler, Request(raw, body), context)
    if handler.is_stream or type(result) is StreamedResponse:
        result = _collected(handler, result)
    try:
        return response_of(result)
    except (TypeError, ValueError, RecursionError) as error:
        text = f"Unable to marshal response: {error}"
        raise _fault("Runtime.MarshalError", text, error) from None


def _called(handler: Handler, event: object, context: object) -> object:
    result: Any = handler.call(*(event, context)[: handler.argument_count])
    if handler.is_async and hasattr(result, "__await__"):
        result = awaited(result)
    return _extended(handler, result) if handler.is_extended else result


def _extended(handler: Handler, result: object) -> object:
    from sparta.runtime.extended import extended_answer, extended_result

    try:
        return extended_answer(result) if handler.is_request else extended_result(result)
    except (ValueError, RecursionError) as error:
        text = f"Unable to marshal response: {error}"
        raise _fault("Runtime.MarshalError", text, error) from None


def _collected(handler: Handler, result: object) -> object:
    """Return a streamed result as one that AWS's client can send, which is not by and by."""
    from sparta.runtime.http_answer import UnsendableError
    from sparta.runtime.streaming import collected, streamed_of

    streamed = streamed_of(result, is_stream=handler.is_stream)
    if streamed is None:
        return result
    try:
        return collected(streamed, is_request=handler.is_request)
    except UnsendableError as error:
        text = f"Unable to marshal response: {error}"
        raise _fault("Runtime.MarshalError", text, error) from None


def _fault(error_type: str, text: str, error: Exception) -> Exception:
    """Return what makes AWS's client report `error_type` and `text` without a stack trace.

    Where the caller is not AWS's client, that is `error` itself.
    """
    module = sys.modules.get("awslambdaric.lambda_runtime_exception")
    if module is None:
        return error
    fault: Exception = module.FaultException(error_type, text)
    return fault


def log_refusal(error: EventError) -> None:
    """Say in the log why a request was answered without its handler."""
    text = f"The request is not valid: {'; '.join(str(problem) for problem in error.problems)}"
    logging = sys.modules.get("logging")
    if logging is None:
        sys.stdout.write(f"{text}\n")
    else:
        logging.getLogger("sparta").warning(text)


def _users_part(traceback: TracebackType | None) -> TracebackType | None:
    """Return a traceback without its leading frames in Sparta and asyncio.

    All of it where there are no others: then the error is ours.
    """
    part = traceback
    while part is not None:
        package = str(part.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if package not in _OUR_PACKAGES:
            return part
        part = part.tb_next
    return traceback
