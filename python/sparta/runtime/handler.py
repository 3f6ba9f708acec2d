"""`Handler`: a user's callable, and what is known of it before the first event.

Signatures are read from code objects: `inspect` would cost 15 ms of a cold start.
"""

from __future__ import annotations

from sparta.runtime.annotation import annotations_of, scope_of_function
from sparta.runtime.signature import http_handler_problem, signature_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.runtime.event_type import EventWanted
    from sparta.runtime.schema import Schema
    from sparta.runtime.signature import Signature

_EVENT_AND_CONTEXT = 2


class Handler:
    """One handler, ready to be called by either runtime.

    Args:
        name: The function's name.
        call: The user's callable.
        argument_count: How many of (event, context) it takes: 0, 1 or 2.
        event_type: Makes its event of the raw one; None passes the raw event on.
        body_schema: For a request: the schema of its body; None for everything else.
        is_async: Whether calling it gives a coroutine, or an async generator.
        is_stream: Whether calling it gives a generator, of either kind: its answer is streamed.
        runtime_metrics: Whether the runtime measures each event.
        is_extended: Whether its results may hold what `sparta.runtime.extended` knows.
    """

    __slots__ = (
        "argument_count",
        "body_schema",
        "call",
        "event_type",
        "is_async",
        "is_extended",
        "is_request",
        "is_stream",
        "name",
        "runtime_metrics",
    )

    def __init__(
        self,
        name: str,
        call: Callable[..., object],
        *,
        argument_count: int = 2,
        event_type: Callable[[Any], object] | None = None,
        body_schema: Schema | None = None,
        is_async: bool = False,
        is_stream: bool = False,
        runtime_metrics: bool = False,
        is_extended: bool = False,
    ) -> None:
        self.name = name
        self.call = call
        self.argument_count = argument_count
        self.event_type = event_type
        self.is_request = body_schema is not None
        self.body_schema = body_schema
        self.is_async = is_async
        self.is_stream = is_stream
        self.runtime_metrics = runtime_metrics
        self.is_extended = is_extended

    def __repr__(self) -> str:
        return f"<Handler {self.name}>"


def handler_of(function: Any) -> Handler:  # noqa: ANN401 - a Function or any callable
    """Return the Handler of a Function, or of a plain callable.

    Args:
        function: Something with `handler` and `name`, or a callable that takes nothing, an event,
            or an event and a context.

    Raises:
        DeclarationError: It cannot be called so, or its event cannot be decoded from JSON.
    """
    is_function = hasattr(function, "handler") and hasattr(function, "name")
    call = function.handler if is_function else function
    name = function.name if is_function else getattr(call, "__name__", type(call).__name__)
    if not callable(call):
        from sparta.errors import DeclarationError

        raise DeclarationError(
            f"the handler {name} is a {type(call).__name__}, which cannot be called",
            where=str(getattr(function, "declared_at", "")),
            fix="give a function",
        )
    signature = signature_of(call)
    problem = signature.problem(name)
    written_by = getattr(call, "__sparta_http_handler__", call)
    if written_by is not call:
        problem = http_handler_problem(written_by, name)
    if problem:
        from sparta.errors import DeclarationError

        raise DeclarationError.of([problem])
    wanted = _event_wanted_by(signature)
    argument_count = signature.argument_count
    if wanted is not None and wanted.batches is not None:
        call = wanted.batches.served_by(call, signature, name)
        argument_count = _EVENT_AND_CONTEXT
    return Handler(
        name,
        call,
        argument_count=argument_count,
        event_type=None if wanted is None else wanted.event_type,
        body_schema=None if wanted is None else wanted.body_schema,
        is_async=signature.is_async,
        is_stream=signature.is_stream,
        runtime_metrics=getattr(function, "runtime_metrics", False) is True,
        is_extended=getattr(function, "json", None) == "extended",
    )


def _event_wanted_by(signature: Signature) -> EventWanted | None:
    """Return what the first parameter asks for; None where that is plainly the raw event.

    Most handlers want that, and need nothing of what reads other annotations.
    """
    function = signature.function
    if function is None or not signature.positional or signature.argument_count == 0:
        return None
    annotation = annotations_of(function).get(signature.positional[0])
    if annotation is None or getattr(annotation, "__origin__", annotation) is dict:
        return None
    from sparta.runtime.event_type import event_wanted

    return event_wanted(annotation, scope_of_function(function), signature.where)
