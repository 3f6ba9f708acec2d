"""What came of invoking a deployed function."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One invocation's outcome.

    Args:
        payload: What the function returned, or its error, as JSON.
        log: The last 4 KB of what it logged.
        error: `Handled` or `Unhandled` when the function failed; else empty.
    """

    payload: bytes
    log: str
    error: str = ""
