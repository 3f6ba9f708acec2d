"""`Function`: one Lambda function, as a value; `function`: the decorator that spells it."""

from __future__ import annotations

from sparta.app.names import entry_name
from sparta.model.caller import declared_at
from sparta.model.generic import EventT, Generic, ResultT, overload
from sparta.runtime import discovery

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Literal, Unpack

    from sparta.app.options import FunctionDecorator, FunctionOptions
    from sparta.iam.statement import Grant, Statement
    from sparta.model.polled_trigger import RecordTrigger
    from sparta.model.trigger import Trigger
    from sparta.operations.metric import Metric

_CO_GENERATOR = 0x20
_CO_COROUTINE = 0x80
_CO_ASYNC_GENERATOR = 0x200
"""`inspect`'s names for what a function is, without importing it."""


class Function(Generic[EventT, ResultT]):
    """One Lambda function. Calling it calls its handler, which is how a unit test uses it.

    Only what is passed to `sparta.main` (or reachable from its `api=`) is deployed.

    Args:
        handler: `f()`, `f(event)` or `f(event, context)`; plain, `async` or a generator.
        name: Its name, any text; the handler's own name where none is given.
        description: What AWS's console shows; up to 256 characters.
        memory_mb: Memory in MB, 128 to 10,240; the CPU share grows with it.
        timeout_s: Seconds an invocation may take, 1 to 900.
        environment: Environment variables; text may hold tokens.
        uses: What it may do: grants of resources, and statements.
        on: Where its events come from: one trigger, or a tuple of up to four.
        role: An existing role, by ARN or by name, in place of one of its own.
        permissions_boundary: See `FunctionOptions`; that of `sparta.main` where none is given.
        role_path: As above.
        runtime_metrics: Whether the runtime measures each event; see `FunctionOptions`.
        json: "aws": results are written as AWS's own client writes them; "extended": datetimes,
            UUIDs, dataclasses, enumerations, sets, paths and bytes too, see
            `sparta.runtime.extended`.
        dependencies: A dependency group of `pyproject.toml` that it needs beside the project's own
            dependencies; empty for none.
        options: What Lambda does around the handler, see `FunctionOptions`. They are kept as they
            were given, and checked when the application is provisioned.
    """

    @overload
    def __init__(
        self: Function[Any, ResultT],
        handler: Callable[[], ResultT],
        *,
        on: tuple[()] = (),
        **options: Unpack[FunctionOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        handler: Callable[[EventT], ResultT] | Callable[[EventT, Any], ResultT],
        *,
        on: Trigger[EventT] | tuple[Trigger[EventT], ...] = ...,
        **options: Unpack[FunctionOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        handler: Callable[[EventT], ResultT] | Callable[[EventT, Any], ResultT],
        *,
        on: RecordTrigger[Any, EventT] | tuple[RecordTrigger[Any, EventT], ...],
        **options: Unpack[FunctionOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        handler: Callable[[], ResultT],
        *,
        on: Trigger[EventT] | tuple[Trigger[EventT], ...],
        **options: Unpack[FunctionOptions],
    ) -> None: ...
    def __init__(
        self,
        handler: Callable[..., ResultT],
        *,
        name: str | None = None,
        description: str = "",
        memory_mb: int = 128,
        timeout_s: int = 3,
        environment: Mapping[str, str] | None = None,
        uses: Sequence[Grant | Statement] = (),
        on: Trigger[Any] | tuple[Trigger[Any], ...] = (),
        role: str | None = None,
        permissions_boundary: str | None = None,
        role_path: str | None = None,
        runtime_metrics: bool = False,
        json: Literal["aws", "extended"] = "aws",
        dependencies: str = "",
        **options: Any,
    ) -> None:
        self.handler: Callable[..., ResultT] = handler
        self.name = name if name is not None else getattr(handler, "__name__", "")
        self.description = description
        self.memory_mb = memory_mb
        self.timeout_s = timeout_s
        self.environment = environment or {}
        self.uses = tuple(uses)
        self.on: tuple[Trigger[Any], ...] = on if isinstance(on, tuple) else (on,)
        self.role = role
        self.permissions_boundary = permissions_boundary
        self.role_path = role_path
        self.runtime_metrics = runtime_metrics
        self.json = json
        self.dependencies = dependencies
        self.options = options
        self.declared_at = declared_at()
        self.__doc__ = getattr(handler, "__doc__", None)

    @property
    def entry_name(self) -> str:
        """Its entry's name in the archive's `index.py`, and its own within the stack."""
        return entry_name(str(self.name))

    @property
    def used_resources(self) -> tuple[str, ...]:
        """The logical ids of the resources it declared with `uses=`, each once."""
        resources = (found for use in self.uses for found in getattr(use, "linked", ()))
        found = (resource.logical_id for resource in resources)
        return tuple(dict.fromkeys(found))

    @property
    def errors(self) -> Metric:
        """How many invocations failed; for alarms, as the other metrics."""
        return self.lambda_metric("Errors")

    @property
    def invocations(self) -> Metric:
        """How often it was invoked."""
        return self.lambda_metric("Invocations")

    @property
    def throttles(self) -> Metric:
        """How many invocations were refused for want of concurrency."""
        return self.lambda_metric("Throttles")

    @property
    def duration(self) -> Metric:
        """How long events took, in milliseconds."""
        return self.lambda_metric("Duration")

    def lambda_metric(self, name: str) -> Metric:
        """Return any metric that Lambda has of it, such as `IteratorAge`.

        Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
        """
        from sparta.operations.metric import Metric

        return Metric("AWS/Lambda", name, function=self)

    if TYPE_CHECKING:

        def __call__(self, event: EventT = ..., context: Any = ..., /) -> ResultT:  # noqa: ANN401
            """Call the handler; resource attributes need `sparta.testing.discovery`."""
            ...

    else:

        def __call__(self, *arguments):  # noqa: ANN002, ANN204 - typed above
            """Call the handler; resource attributes need `sparta.testing.discovery`."""
            return self._call(arguments)

    def _call(self, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the handler's own
        code = getattr(self.handler, "__code__", None)
        flags = code.co_flags if code is not None else 0
        if flags & _CO_COROUTINE:
            return self._awaited(arguments)
        if flags & _CO_GENERATOR:
            return self._generated(arguments)
        if flags & _CO_ASYNC_GENERATOR:
            return self._generated_later(arguments)
        with discovery.running(self.name, self.used_resources):
            return self.handler(*arguments)

    async def _awaited(self, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the handler's own
        with discovery.running(self.name, self.used_resources):
            return await self.handler(*arguments)  # type: ignore[misc]

    def _generated(self, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the handler's own
        with discovery.running(self.name, self.used_resources):
            yield from self.handler(*arguments)  # type: ignore[misc]

    async def _generated_later(self, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401 - the handler's own
        with discovery.running(self.name, self.used_resources):
            chunks: Any = self.handler(*arguments)
            try:
                async for chunk in chunks:
                    yield chunk
            finally:
                await chunks.aclose()

    def __repr__(self) -> str:
        return f"<Function {self.name!r}>"


if TYPE_CHECKING:
    function: FunctionDecorator
else:

    def function(handler=None, /, **options):  # noqa: ANN001, ANN003, ANN201 - typed above
        """Declare one Lambda function; the keywords are those of `Function`.

        Raises:
            DeclarationError: It was written without brackets.
        """
        place = declared_at()
        if handler is not None:
            from sparta.errors import DeclarationError

            raise DeclarationError(
                "`@sparta.function` is written with brackets",
                where=place,
                fix="write `@sparta.function()`",
            )

        def declare(found):  # noqa: ANN001, ANN202 - type checkers see FunctionDecorator
            declared = Function(found, **options)
            declared.declared_at = place
            return declared

        return declare
