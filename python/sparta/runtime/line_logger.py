"""The logger of `http_handler`: one JSON object a line on standard output, without `logging`."""

from __future__ import annotations

import sys

from sparta.runtime.codec import json_of_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self


class LineLogger:
    """Writes what happens within one invocation.

    Args:
        request_id: The invocation's; empty where there is none.
    """

    __slots__ = ("request_id",)

    def __init__(self, request_id: str = "") -> None:
        self.request_id = request_id

    @classmethod
    def of(cls, context: object) -> Self:
        """Return a logger for the invocation that has this context."""
        return cls(str(getattr(context, "aws_request_id", "") or ""))

    def debug(self, message: str, **fields: object) -> None:
        """Write what only a developer wants to know."""
        self._write("DEBUG", message, fields)

    def info(self, message: str, **fields: object) -> None:
        """Write what happened."""
        self._write("INFO", message, fields)

    def warning(self, message: str, **fields: object) -> None:
        """Write what may be wrong."""
        self._write("WARNING", message, fields)

    def error(self, message: str, **fields: object) -> None:
        """Write what is wrong."""
        self._write("ERROR", message, fields)

    def _write(self, level: str, message: str, fields: dict[str, object]) -> None:
        line: dict[str, object] = {"level": level, "message": message}
        if self.request_id:
            line["requestId"] = self.request_id
        try:
            text = json_of_value({**line, **fields})
        except (TypeError, ValueError, RecursionError):
            # A line that says less is better than an invocation that fails for its sake.
            text = json_of_value({**line, **{name: repr(value) for name, value in fields.items()}})
        sys.stdout.write(f"{text}\n")
