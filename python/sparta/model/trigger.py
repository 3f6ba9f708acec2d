"""Triggers: where a function's events come from, and of which type they are."""

from __future__ import annotations

from sparta.model.generic import E, Generic


class Trigger(Generic[E]):
    """A source of events of type `E`; its subclasses say which source, the template stage how.

    Args:
        declared_at: The user's file and line, `path:line`.
    """

    __slots__ = ("declared_at",)

    event_type: type
    """The class in `sparta.events` that wraps this trigger's events."""

    def __init__(self, declared_at: str) -> None:
        self.declared_at = declared_at

    @property
    def source(self) -> object:
        """The resource that its events come from; None where that is not one of the stack."""
        return None

    @property
    def linked(self) -> tuple[object, ...]:
        """What else it refers to, such as the queue for what cannot be delivered."""
        return ()
