"""`Operation`: the base of what watches over an application; `sparta.main(operations=[...])`."""

from __future__ import annotations


class Operation:
    """Something that becomes resources beside those of functions, APIs and storage.

    Args:
        name: Tells it from others of its kind in the same application.
        declared_at: The user's file and line, `path:line`.
    """

    def __init__(self, name: str, declared_at: str) -> None:
        self.name = name
        self.declared_at = declared_at

    @property
    def refers_to(self) -> tuple[object, ...]:
        """The resources and functions that it names; they are deployed with it."""
        return ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}>"
