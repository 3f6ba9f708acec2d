"""Where in the user's code a value was declared: the file and line that messages point at."""

from __future__ import annotations

import sys


def declared_at(depth: int = 2) -> str:
    """Return `path:line` of the caller's caller.

    Args:
        depth: How many frames up the user's code is; 2 from a constructor that calls this.
    """
    frame = sys._getframe(depth)  # noqa: SLF001 - inspect would cost 15 ms of a cold start
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
