"""The options of a function that the handler never sees, with their defaults: for tools only.

A `Function` keeps them as the dict they were given in, which costs a cold start nothing. They are
checked by `app.validate_settings`; after that, `settings_of` gives them their types.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sparta.app.fragment import TemplateDecorator
    from sparta.app.function import Function
    from sparta.app.surroundings import FileSystem, Logging, Vpc
    from sparta.cfn.resource import Resource
    from sparta.operations.rollout import Rollout
    from sparta.runtime.interceptor import Interceptor

    Destination = Resource | Function[Any, Any] | str

LOG_RETENTION_DAYS = 14
DEFAULT_ALIAS = "live"
"""The alias of a function that needs one and names none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `FunctionOptions` says of each of them."""

    alias: str | None = None
    architecture: str | None = None
    decorators: Sequence[TemplateDecorator] = ()
    dead_letter: Resource | str | None = None
    ephemeral_storage_mb: int = 512
    event_age_s: int | None = None
    file_system: FileSystem | None = None
    interceptors: Sequence[Interceptor] = ()
    kms_key: str | None = None
    layers: Sequence[str] = ()
    log_retention_days: int = LOG_RETENTION_DAYS
    logging: Logging | None = None
    on_failure: Destination | None = None
    on_success: Destination | None = None
    provisioned_concurrency: int | None = None
    python: str | None = None
    recursion: str = "Terminate"
    reserved_concurrency: int | None = None
    retries: int | None = None
    rollout: Rollout | None = None
    snap_start: bool = False
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    tracing: str = "PassThrough"
    vpc: Vpc | None = None

    @property
    def published_alias(self) -> str | None:
        """The alias that everything invokes; None where it is the function itself."""
        needed = (
            self.snap_start or self.provisioned_concurrency is not None or self.rollout is not None
        )
        return self.alias or (DEFAULT_ALIAS if needed else None)


OPTION_NAMES = frozenset(each.name for each in fields(Settings))


def settings_of(function: Function[Any, Any]) -> Settings:
    """Return the settings of a function whose options were checked."""
    return Settings(**function.options)
