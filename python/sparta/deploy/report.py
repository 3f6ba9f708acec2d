"""How a stage says what it is doing: a message and its fields, to whoever listens."""

from __future__ import annotations

from typing import Protocol


class Report(Protocol):
    """Anything that takes a message with fields; the command line makes log lines of them."""

    def __call__(self, message: str, /, **fields: object) -> None:
        """Report that `message` happened, with `fields` in the order given."""
