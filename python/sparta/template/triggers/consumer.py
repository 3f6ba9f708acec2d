"""The function that a trigger feeds, as far as a trigger has to know it."""

from __future__ import annotations

from dataclasses import dataclass

from sparta.template import logical_id


@dataclass(frozen=True, slots=True)
class Consumer:
    """One function, and which of its triggers of one kind is meant.

    Args:
        name: The function's name.
        ordinal: 0 for the first trigger of one kind on one source, 1 for the second.
        service: The application's name.
        reports_failures: Whether it answers a batch with the records that failed.
        alias: The alias that has to be invoked; empty where it has none.
    """

    name: str
    ordinal: int = 0
    service: str = ""
    reports_failures: bool = False
    alias: str = ""

    @property
    def function_id(self) -> str:
        """The function's logical id."""
        return logical_id.function_id(self.name)

    def part_id(self, kind: str, *source: str) -> str:
        """Return the logical id of something between `source` and this function."""
        number = (str(self.ordinal),) if self.ordinal else ()
        return logical_id.part_id(kind, self.name, *source, *number)
