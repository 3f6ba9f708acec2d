"""The shape of `report`: how a stage tells what it does; who prints it is not known here."""

from __future__ import annotations

from typing import Protocol


class Report(Protocol):
    """Takes one message and its fields, in the order they are to be shown."""

    def __call__(self, message: str, /, **fields: object) -> None:
        """Tell `message`."""
