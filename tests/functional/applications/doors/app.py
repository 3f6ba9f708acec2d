"""Functions that show who called them, and what native code sees; see test_doors.py."""

from __future__ import annotations

import sys
from typing import Any

import sparta.native as sparta

AGENT = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/agent"}


def callers() -> list[str]:
    """Return the names of the functions on the stack, the handler's first."""
    frame, names = sys._getframe(1), []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back  # type: ignore[assignment]
    return names


@sparta.function()
def show(event: dict[str, Any], context: sparta.Context) -> object:
    modules = ("_sparta", "_cffi_backend", "awslambdaric.bootstrap")
    return {
        "event": event,
        "context": f"{type(context).__module__}.{type(context).__name__}",
        "request_id": context.aws_request_id,
        "callers": callers(),
        "modules": [name for name in modules if name in sys.modules],
    }


@sparta.function()
def credentials(event: dict[str, str]) -> object:
    # As native code reads them: by libc, whatever Python keeps in os.environ.
    import ctypes
    import os

    os.environ.update(event)
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_char_p
    names = (
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    )
    return [(getenv(name.encode()) or b"").decode() for name in names]


@sparta.function()
def logs(event: str) -> None:
    import logging

    logging.getLogger().warning("careful")
    sparta.logger.info("structured")
    raise ValueError(event)


@sparta.function(environment=AGENT)
def watched(event: dict[str, Any]) -> object:
    del event
    return callers()


if __name__ == "__main__":
    sparta.main(
        "Doors",
        functions=[show, credentials, logs, watched],
        python=f"{sys.version_info[0]}.{sys.version_info[1]}",
    )
