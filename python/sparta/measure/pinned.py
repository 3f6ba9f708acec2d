"""All on one CPU: where the ends of a connection run changes a warm event's CPU time two-fold."""

from __future__ import annotations

import os


def pin() -> str:
    """Keep this process and all it starts on one CPU; return what was done, to be printed."""
    if not hasattr(os, "sched_setaffinity"):
        return "no way to choose a CPU on this machine: warm figures depend on where they ran"
    cpu = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpu})
    return f"everything runs on CPU {cpu}"
