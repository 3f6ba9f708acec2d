"""Triggers whose source Lambda polls: an event source mapping reads it, in batches.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
"""

from __future__ import annotations

from sparta.model.generic import E, Generic, RecordT
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class PolledTrigger(Trigger[E]):
    """Batches of type `E`.

    Args:
        origin: The resource that is polled, or the ARN of an existing one.
        options: What was said of the mapping, as it was given; checked at provision.
        declared_at: The user's file and line.
    """

    __slots__ = ("options", "origin")

    def __init__(self, origin: Any, options: Mapping[str, Any], declared_at: str) -> None:  # noqa: ANN401
        super().__init__(declared_at)
        self.origin = origin
        self.options = options

    @property
    def source(self) -> object:
        """The resource that is polled; None where the stack does not have it."""
        return getattr(self.origin, "of", None) if isinstance(self.origin, str) else self.origin

    @property
    def arn(self) -> str:
        """The ARN of what is polled."""
        return str(self.origin) if isinstance(self.origin, str) else str(self.origin.arn)

    @property
    def linked(self) -> tuple[object, ...]:
        """Where failed records go."""
        return (self.options.get("on_failure"),)

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other triggers of its class, the same in every process."""
        return (str(getattr(self.origin, "logical_id", self.origin)),)


class RecordTrigger(PolledTrigger[E], Generic[E, RecordT]):
    """Batches of type `E`; a handler may take their records of type `RecordT` one by one."""

    __slots__ = ()
