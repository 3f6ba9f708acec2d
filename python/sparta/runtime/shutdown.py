"""`sparta.on_shutdown`: what a function does before its execution environment ends.

Lambda sends SIGTERM, and leaves half a second, only where an extension is registered. One of our
own that asks for no event is enough; it lives in this very process. Source:
https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
"""

from __future__ import annotations

import sys

from sparta.env import AWS_LAMBDA_RUNTIME_API, variable
from sparta.errors import DeclarationError
from sparta.model.caller import declared_at
from sparta.runtime.signature import signature_of
from sparta.runtime.structured_log import logger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[[], object])

_SIGTERM = 15
_EXTENSION = "sparta-shutdown"
_BASE = "/2020-01-01/extension"
_OK = 200


class Shutdown:
    """The callbacks, and what stood in their place; one instance, `shutdown`."""

    __slots__ = ("callbacks", "previous")

    def __init__(self) -> None:
        self.callbacks: list[Callable[[], object]] = []
        self.previous: Any = None

    def run(self, number: int = _SIGTERM, frame: Any = None) -> None:  # noqa: ANN401
        """Run the callbacks, the last one first, and end the process; a signal's handler.

        Raises:
            SystemExit: Without a status, which is success.
        """
        while self.callbacks:
            callback = self.callbacks.pop()
            try:
                callback()
            except Exception:  # noqa: BLE001 - the others have their turn whatever this one did
                name = getattr(callback, "__name__", type(callback).__name__)
                logger.exception(f"The shutdown callback {name} failed")
        if callable(self.previous):
            self.previous(number, frame)
        raise SystemExit


shutdown = Shutdown()


def on_shutdown(callback: F) -> F:
    """Have `callback` called, without arguments, when the execution environment ends.

    It runs in the main thread, between events, within half a second. To be said while the function
    starts: in its module, not in its handler. Outside Lambda nothing happens. Under AWS's own
    client it works from Python 3.12 on; a handler for SIGTERM of the application's own is called
    afterwards.

    Returns:
        The callback: this can be used as a decorator.

    Raises:
        DeclarationError: It cannot be called without arguments, or would only give a coroutine.
    """
    problem = _problem_of(callback)
    if problem:
        where, fix = declared_at(), "give a plain function that takes nothing"
        raise DeclarationError(f"on_shutdown got {problem}", where=where, fix=fix)
    is_first = not shutdown.callbacks
    shutdown.callbacks.append(callback)
    if is_first and variable(AWS_LAMBDA_RUNTIME_API) is not None:
        # Not `signal`, which makes an enumeration of its numbers: 4 ms.
        core_of_signal: Any = __import__("_signal")
        shutdown.previous = core_of_signal.signal(_SIGTERM, shutdown.run)
        # The native core registers the extension itself, once the function has started.
        if "_sparta" not in sys.modules:
            _register(str(variable(AWS_LAMBDA_RUNTIME_API)))
    return callback


def _problem_of(callback: object) -> str:
    """Return what keeps a callback from being called in the end; empty where nothing does."""
    if not callable(callback):
        return f"{callback!r}, which cannot be called"
    signature = signature_of(callback)
    name = getattr(callback, "__name__", type(callback).__name__)
    needed = (*signature.required, *signature.required_keywords)
    if needed:
        return f"{name}, which needs arguments: {', '.join(needed)}"
    if signature.is_async or signature.is_stream:
        return f"{name}, which would not run: it is async or a generator"
    return ""


def _register(address: str) -> None:
    """Register the extension, and leave a thread waiting for events that never come."""
    import http.client
    import threading

    def wait() -> None:
        try:
            connection.request("GET", f"{_BASE}/event/next", headers=headers)
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return  # the environment ends, which is what this waited for

    connection = http.client.HTTPConnection(address)
    try:
        connection.request(
            "POST",
            f"{_BASE}/register",
            b'{"events": []}',
            {"Lambda-Extension-Name": _EXTENSION, "Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        logger.warning(f"Lambda will not send SIGTERM to this function: {error}")
        return
    if answer.status != _OK:
        logger.warning(f"Lambda will not send SIGTERM to this function: status {answer.status}")
        return
    headers = {"Lambda-Extension-Identifier": answer.headers["Lambda-Extension-Identifier"]}
    threading.Thread(target=wait, name=_EXTENSION, daemon=True).start()
