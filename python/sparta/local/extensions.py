"""The Extensions API of one execution environment, as far as an internal extension needs it.

Lambda sends SIGTERM to a runtime only where an extension is registered; one that asks for no event
is enough. Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
"""

from __future__ import annotations

import json
import threading
import uuid
from typing import TYPE_CHECKING

from sparta.local.wire import response

if TYPE_CHECKING:
    from sparta.local.wire import Request

BASE = "/2020-01-01/extension/"
_NAME = "lambda-extension-name"
_IDENTIFIER = "lambda-extension-identifier"
_JSON = ("Content-Type", "application/json")


class Extensions:
    """The extensions that have registered themselves, and those that wait for an event."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._names: dict[str, str] = {}
        self._waiting: set[str] = set()
        self._closed = False

    @property
    def registered(self) -> tuple[str, ...]:
        """The names of all."""
        with self._changed:
            return tuple(self._names.values())

    @property
    def waiting(self) -> tuple[str, ...]:
        """The names of those that wait, as Lambda wants it before the first event."""
        with self._changed:
            return tuple(self._names[identifier] for identifier in sorted(self._waiting))

    def answer(self, request: Request) -> bytes | None:
        """Return the answer to a request below `BASE`; None when the environment is over."""
        path = request.path.removeprefix(BASE)
        if (request.method, path) == ("POST", "register"):
            return self._register(request)
        if (request.method, path) == ("GET", "event/next"):
            return self._wait(request)
        return response(404, [_JSON], b"404 page not found\n")

    def close(self) -> None:
        """Let go of everyone who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _register(self, request: Request) -> bytes:
        name = request.headers.get(_NAME, "")
        try:
            events = json.loads(request.body)["events"]
        except (ValueError, KeyError, TypeError):
            return _refusal(400, "InvalidRequestFormat", "no events are given")
        # An internal extension lives in the runtime's process and cannot outlive it.
        if not name or "SHUTDOWN" in events:
            return _refusal(403, "ShutdownEventNotSupportedForInternalExtension", "not allowed")
        identifier = str(uuid.uuid4())
        with self._changed:
            self._names[identifier] = name
        body = json.dumps({"functionName": "", "functionVersion": "$LATEST", "handler": ""})
        return response(200, [_JSON, ("Lambda-Extension-Identifier", identifier)], body.encode())

    def _wait(self, request: Request) -> bytes | None:
        identifier = request.headers.get(_IDENTIFIER, "")
        with self._changed:
            if identifier not in self._names:
                return _refusal(403, "Extension.UnknownExtensionIdentifier", "not registered")
            self._waiting.add(identifier)
            self._changed.wait_for(lambda: self._closed)
        return None


def _refusal(status: int, error_type: str, message: str) -> bytes:
    text = json.dumps({"errorMessage": message, "errorType": error_type})
    return response(status, [_JSON], text.encode() + b"\n")
