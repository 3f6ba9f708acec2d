"""The types of `@sparta.function(...)` and `sparta.Function(...)`, for type checkers only.

Never imported at run time. The trigger in `on=` binds the handler's event type, so that a handler
for S3 events on a queue is an error in the editor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict, TypeVar, Unpack, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sparta.app.fragment import TemplateDecorator
    from sparta.app.function import Function
    from sparta.app.surroundings import FileSystem, Logging, Vpc
    from sparta.aws.queue import Queue
    from sparta.aws.topic import Topic
    from sparta.cfn.resource import Resource
    from sparta.iam.statement import Grant, Statement
    from sparta.model.polled_trigger import RecordTrigger
    from sparta.model.trigger import Trigger
    from sparta.operations.rollout import Rollout
    from sparta.runtime.interceptor import Interceptor

E = TypeVar("E")
E1 = TypeVar("E1")
E2 = TypeVar("E2")
E3 = TypeVar("E3")
E4 = TypeVar("E4")
R = TypeVar("R")
R1 = TypeVar("R1")
R2 = TypeVar("R2")
R3 = TypeVar("R3")
R4 = TypeVar("R4")
EventT = TypeVar("EventT")
RecordT = TypeVar("RecordT")

# fmt: off
RetentionDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
]
# fmt: on
"""The values that CloudWatch takes."""


class FunctionOptions(TypedDict, total=False):
    """What can be said of a function besides its handler and its triggers."""

    name: str
    """Its name, any text; the handler's own name where none is given."""
    description: str
    """What AWS's console shows; up to 256 characters."""
    memory_mb: int
    """Memory in MB, 128 to 10,240; the CPU share grows with it. Default 128."""
    timeout_s: int
    """Seconds an invocation may take, 1 to 900. Default 3."""
    environment: Mapping[str, str]
    """Environment variables; text may hold tokens. No secrets: everybody who may look sees them."""
    uses: Sequence[Grant | Statement]
    """What it may do: grants of resources, and statements."""
    role: str
    """An existing role, by ARN or by name, in place of one of its own."""
    permissions_boundary: str
    """The managed policy, by ARN or by name, that bounds what its own role may ever do."""
    role_path: str
    """The path of its own role, such as `/teams/orders/`."""
    runtime_metrics: bool
    """Whether the runtime writes metrics of its own for each event: cold start, init, decode,
    handler and encode times, sizes; by AWS's client only cold start and handler. Default False."""
    json: Literal["aws", "extended"]
    """How results are written: as AWS's client does (the default), or datetimes, UUIDs,
    dataclasses, enumerations, sets, paths and bytes too."""
    dependencies: str
    """A dependency group of `pyproject.toml` (PEP 735) that only this function, and others that
    name it, need beside the project's own dependencies. It becomes a layer."""
    alias: str
    """A version is published at each change, and this alias names the latest. Triggers, the API
    and destinations then invoke the alias. Default "live" where SnapStart or provisioned
    concurrency needs one, else none."""
    architecture: Literal["x86_64", "arm64"]
    """The processor it runs on; the application's by default. See `python`."""
    dead_letter: Queue | Topic | Resource | str
    """Where events of failed asynchronous invocations go; the right to send is derived."""
    decorators: Sequence[TemplateDecorator]
    """What adds to the template for this function; each returns a `sparta.Fragment`."""
    ephemeral_storage_mb: int
    """Size of /tmp in MB, 512 to 10,240. Default 512."""
    event_age_s: int
    """How old an asynchronous event may get before it is given up, 60 to 21,600 s."""
    file_system: FileSystem
    """A file system to mount; needs `vpc=`. Lambda mounts one at most."""
    interceptors: Sequence[Interceptor]
    """What sees events and answers on their way; see `sparta.Interceptor`."""
    kms_key: str
    """ARN of the KMS key that encrypts environment and snapshots; AWS's own key by default."""
    layers: Sequence[str]
    """Up to five layers, each by its ARN with its version."""
    log_retention_days: RetentionDays
    """How long the log is kept. Default 14."""
    logging: Logging
    """Format, levels and group of the log."""
    on_failure: Queue | Topic | Function[Any, Any] | Resource | str
    """Where the record of an asynchronous invocation goes that failed for good; an event bus is
    given by ARN or as a resource. The right to send is derived."""
    on_success: Queue | Topic | Function[Any, Any] | Resource | str
    """Where the record of each asynchronous invocation goes that succeeded; as `on_failure`."""
    provisioned_concurrency: int
    """Execution environments kept ready, 1 or more."""
    python: Literal["3.11", "3.12", "3.13", "3.14"]
    """The minor version it runs on; the application's by default. Functions on another Python or
    processor than the application's have an archive of their own."""
    recursion: Literal["Allow", "Terminate"]
    """What happens when the function triggers itself over and over. Default "Terminate"."""
    reserved_concurrency: int
    """Executions at a time at the most, which no other function may take; 0 switches it off."""
    retries: int
    """How often a failed asynchronous invocation is tried again, 0 to 2. AWS's default is 2."""
    rollout: Rollout
    """How events move to a new version: `operations.Canary(...)` or `operations.Linear(...)`; makes
    an alias."""
    snap_start: bool
    """Whether versions start from a snapshot of their initialised environment; from Python 3.12
    on."""
    tags: Mapping[str, str]
    """Tags of the function, besides those of the stack."""
    tracing: Literal["Active", "PassThrough"]
    """Whether Lambda itself samples traces. Default "PassThrough"."""
    vpc: Vpc
    """The network it runs in; the rights that takes are derived."""


class Decorator(Protocol):
    """Takes a handler of any event."""

    @overload
    def __call__(self, handler: Callable[[], R], /) -> Function[Any, R]: ...
    @overload
    def __call__(self, handler: Callable[[E], R], /) -> Function[E, R]: ...
    @overload
    def __call__(self, handler: Callable[[E, Any], R], /) -> Function[E, R]: ...


class TriggeredDecorator(Protocol[EventT]):
    """Takes a handler of the trigger's events, as typed values or as raw JSON.

    The overlap that mypy reports would need an event that is itself a dict; ours never are.
    """

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[EventT], R], /
    ) -> Function[EventT, R]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[EventT, Any], R], /
    ) -> Function[EventT, R]: ...
    @overload
    def __call__(self, handler: Callable[[], R], /) -> Function[Any, R]: ...
    @overload
    def __call__(
        self, handler: Callable[[dict[str, Any]], R], /
    ) -> Function[dict[str, Any], R]: ...
    @overload
    def __call__(
        self, handler: Callable[[dict[str, Any], Any], R], /
    ) -> Function[dict[str, Any], R]: ...


class RecordDecorator(Protocol[EventT, RecordT]):
    """Takes a handler of the trigger's batches, or of their records one by one.

    The overlaps are those of `TriggeredDecorator`: no record or event is itself a dict.
    """

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[RecordT], R], /
    ) -> Function[RecordT, R]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[RecordT, Any], R], /
    ) -> Function[RecordT, R]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[EventT], R], /
    ) -> Function[EventT, R]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, handler: Callable[[EventT, Any], R], /
    ) -> Function[EventT, R]: ...
    @overload
    def __call__(self, handler: Callable[[], R], /) -> Function[Any, R]: ...
    @overload
    def __call__(
        self, handler: Callable[[dict[str, Any]], R], /
    ) -> Function[dict[str, Any], R]: ...
    @overload
    def __call__(
        self, handler: Callable[[dict[str, Any], Any], R], /
    ) -> Function[dict[str, Any], R]: ...


class FunctionDecorator(Protocol):
    """Declare one Lambda function: `@sparta.function(memory_mb=256, on=bucket.created())`."""

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self,
        *,
        on: tuple[
            RecordTrigger[E1, R1],
            RecordTrigger[E2, R2],
            RecordTrigger[E3, R3],
            RecordTrigger[E4, R4],
        ],
        **options: Unpack[FunctionOptions],
    ) -> RecordDecorator[E1 | E2 | E3 | E4, R1 | R2 | R3 | R4]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self,
        *,
        on: tuple[RecordTrigger[E1, R1], RecordTrigger[E2, R2], RecordTrigger[E3, R3]],
        **options: Unpack[FunctionOptions],
    ) -> RecordDecorator[E1 | E2 | E3, R1 | R2 | R3]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self,
        *,
        on: tuple[RecordTrigger[E1, R1], RecordTrigger[E2, R2]],
        **options: Unpack[FunctionOptions],
    ) -> RecordDecorator[E1 | E2, R1 | R2]: ...
    @overload
    def __call__(  # type: ignore[overload-overlap]
        self,
        *,
        on: RecordTrigger[E, RecordT] | tuple[RecordTrigger[E, RecordT]],
        **options: Unpack[FunctionOptions],
    ) -> RecordDecorator[E, RecordT]: ...
    @overload
    def __call__(
        self,
        *,
        on: tuple[Trigger[E1], Trigger[E2], Trigger[E3], Trigger[E4]],
        **options: Unpack[FunctionOptions],
    ) -> TriggeredDecorator[E1 | E2 | E3 | E4]: ...
    @overload
    def __call__(
        self,
        *,
        on: tuple[Trigger[E1], Trigger[E2], Trigger[E3]],
        **options: Unpack[FunctionOptions],
    ) -> TriggeredDecorator[E1 | E2 | E3]: ...
    @overload
    def __call__(
        self, *, on: tuple[Trigger[E1], Trigger[E2]], **options: Unpack[FunctionOptions]
    ) -> TriggeredDecorator[E1 | E2]: ...
    @overload
    def __call__(
        self, *, on: Trigger[E] | tuple[Trigger[E]], **options: Unpack[FunctionOptions]
    ) -> TriggeredDecorator[E]: ...
    @overload
    def __call__(self, **options: Unpack[FunctionOptions]) -> Decorator: ...
