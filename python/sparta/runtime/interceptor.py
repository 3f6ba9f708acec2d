"""`Interceptor`: sees what goes into a handler and what comes out, on both runtimes.

The intercepted handler takes the raw event and does the rest itself, in Python: functions without
interceptors pay nothing.
"""

from __future__ import annotations

from sparta.errors import EventError
from sparta.model.request import Request
from sparta.runtime.handler import Handler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_STAGES = (
    "before_decode after_decode before_dispatch after_dispatch before_encode after_encode on_error"
)


class Interceptor:
    """The base of interceptors: override what you want to see.

    Each method may return something else in place of what it got; None leaves it as it is. Those
    before the handler run in the order of `interceptors=`, those after it in reverse. What one
    raises is the function's error.
    """

    __slots__ = ()

    def before_decode(self, event: Any, context: Any) -> Any:  # noqa: ANN401 - any JSON
        """See the raw event, as Lambda sent it."""

    def after_decode(self, event: Any, context: Any) -> Any:  # noqa: ANN401 - the handler's event
        """See the event as the handler wants it: typed, a request."""

    def before_dispatch(self, event: Any, context: Any) -> Any:  # noqa: ANN401 - as above
        """See it right before the handler is called."""

    def after_dispatch(self, result: Any, context: Any) -> Any:  # noqa: ANN401 - any result
        """See what the handler returned."""

    def before_encode(self, result: Any, context: Any) -> Any:  # noqa: ANN401 - any result
        """See what is about to become JSON, or the response of a route."""

    def after_encode(self, answer: Any, context: Any) -> Any:  # noqa: ANN401 - any JSON
        """See the answer: a route's envelope with its status, headers and body; else the result."""

    def on_error(self, error: Exception, context: Any) -> None:  # noqa: ANN401 - any context
        """See what the handler, decoding, encoding or another interceptor raised."""


def intercepted(handler: Handler, interceptors: Sequence[Interceptor]) -> Handler:
    """Return a handler that calls `handler` and lets interceptors see what passes."""
    overridden = {
        stage: [
            getattr(one, stage)
            for one in interceptors
            if getattr(type(one), stage) is not getattr(Interceptor, stage)
        ]
        for stage in _STAGES.split()
    }
    for stage in ("after_dispatch", "before_encode", "after_encode", "on_error"):
        overridden[stage].reverse()
    passage = Passage(handler, overridden)
    return Handler(
        handler.name,
        passage.call_later if handler.is_async and not handler.is_stream else passage.call,
        argument_count=2,
        is_async=handler.is_async,
        is_stream=handler.is_stream,
        runtime_metrics=handler.runtime_metrics,
        is_extended=handler.is_extended,
    )


class Passage:
    """The way through one handler, with its interceptors by stage."""

    __slots__ = ("handler", "seeing")

    def __init__(self, handler: Handler, seeing: dict[str, list[Any]]) -> None:
        self.handler = handler
        self.seeing = seeing

    def call(self, raw: Any, context: Any) -> Any:  # noqa: ANN401 - any JSON, any context
        """Answer an event."""
        try:
            refused, event = self._event(raw, context)
            if refused is not None:
                return refused
            result = self.handler.call(*(event, context)[: self.handler.argument_count])
            return result if self.handler.is_stream else self._answer(result, context)
        except Exception as error:
            self._tell(error, context)
            raise

    async def call_later(self, raw: Any, context: Any) -> Any:  # noqa: ANN401 - as above
        """Answer an event of a handler that is async."""
        try:
            refused, event = self._event(raw, context)
            if refused is not None:
                return refused
            result: Any = self.handler.call(*(event, context)[: self.handler.argument_count])
            return self._answer(await result, context)
        except Exception as error:
            self._tell(error, context)
            raise

    def _event(self, raw: Any, context: Any) -> tuple[Any, Any]:  # noqa: ANN401 - any JSON
        """Return what is answered without the handler, and the handler's event."""
        raw = self._seen("before_decode", raw, context)
        if self.handler.is_request:
            from sparta.runtime.http import body_of, refusal_of
            from sparta.runtime.pure import log_refusal

            try:
                event: Any = Request(raw, body_of(raw, self.handler.body_schema or ("any",)))
            except EventError as error:
                log_refusal(error)
                return self._seen("after_encode", refusal_of(error), context), None
        else:
            event = self.handler.event_type(raw) if self.handler.event_type is not None else raw
        event = self._seen("after_decode", event, context)
        return None, self._seen("before_dispatch", event, context)

    def _answer(self, result: Any, context: Any) -> Any:  # noqa: ANN401 - any result
        result = self._seen("after_dispatch", result, context)
        result = self._seen("before_encode", result, context)
        if self.handler.is_request:
            from sparta.runtime.http import response_of

            if self.handler.is_extended:
                from sparta.runtime.extended import extended_answer

                result = extended_answer(result)
            result = response_of(result)
        return self._seen("after_encode", result, context)

    def _seen(self, stage: str, value: Any, context: Any) -> Any:  # noqa: ANN401 - any value
        for see in self.seeing[stage]:
            other = see(value, context)
            if other is not None:
                value = other
        return value

    def _tell(self, error: Exception, context: Any) -> None:  # noqa: ANN401 - any context
        for see in self.seeing["on_error"]:
            see(error, context)
