"""The states of one execution environment, as the Runtime API lets a runtime move through them.

    Started ──/next──> Ready ──event──> Running ──/response, /error──> ResponseSent ──/next──> Ready
       ├──/init/error──> InitError
       └──/restore/next──> RestoreReady ──restored──> Restoring ──/next──> Ready
                                                          └──/restore/error──> InitError

Everything else is refused with the answers of AWS's own emulator (the error types below are its
words). Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sparta.local.invocation import (
    RESPONSE_MODE,
    Outcome,
    exit_error,
    platform_error,
    timeout_error,
)

if TYPE_CHECKING:
    from sparta.local.invocation import Invocation, Kind

PAYLOAD_LIMIT_BYTES = 6 * 1024 * 1024 + 100
"""Largest buffered answer: 6,291,556 bytes."""
STREAM_LIMIT_BYTES = 200 * 1024 * 1024
"""Largest streamed answer: 200 MB."""
DEFAULT_DEADLINE_S = 30.0

_NONCE = "lambda-runtime-invocation-id"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a post is answered with: an HTTP status and a body."""

    status: int
    body: bytes


_STARTING = {"Started", "RestoreReady", "Restoring"}

ACCEPTED = Reply(202, b'{"status":"OK"}\n')


class Lifecycle:
    """State shared by the caller's thread and those that serve the runtime's connections."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state = "Started"
        self._queued: Invocation | None = None
        self._running: Invocation | None = None
        self._outcome: Outcome | None = None
        self._init_error: Outcome | None = None
        self._exited = False
        self._exit_status: int | None = None
        self._turn = 0
        self._restored = False

    # ---- the caller's side

    def submit(self, invocation: Invocation) -> Outcome:
        """Hand over an event and wait for what becomes of it, until its deadline.

        Raises:
            RuntimeError: An event is running already; an environment takes one at a time.
        """
        if invocation.deadline_ms is None:
            deadline_ms = round((time.time() + DEFAULT_DEADLINE_S) * 1000)
            invocation = replace(invocation, deadline_ms=deadline_ms)
        timeout_s = max((invocation.deadline_ms or 0) / 1000 - time.time(), 0.0)
        with self._changed:
            if self._queued or self._running or self._outcome:
                raise RuntimeError("an execution environment takes one event at a time")
            self._outcome, self._queued = None, invocation
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._outcome or self._over(), timeout_s)
            outcome = self._posted() or self._end(invocation, timeout_s)
            if self._running:  # a late answer must find that its event is no longer there
                self._state = "ResponseSent"
            self._queued = self._running = self._outcome = None
            return outcome

    def wait_ready(self, timeout_s: float) -> bool:
        """Return whether the runtime asked for an event, as soon as that is known."""
        with self._changed:
            known = self._changed.wait_for(
                lambda: self._state not in _STARTING or self._over(), timeout_s
            )
            return known and not self._over()

    def wait_snapshot(self, timeout_s: float) -> bool:
        """Return whether the runtime is ready for a snapshot, within that time."""
        with self._changed:
            ready = self._changed.wait_for(
                lambda: self._state == "RestoreReady" or self._over(), timeout_s
            )
            return ready and not self._over()

    def restore(self) -> None:
        """Let the runtime go on as one that was restored from its snapshot."""
        with self._changed:
            self._restored = True
            self._changed.notify_all()

    def wait_idle(self, timeout_s: float) -> bool:
        """Return whether the runtime waits for an event, within that time."""
        with self._changed:
            idle = self._changed.wait_for(lambda: self._state == "Ready" or self._over(), timeout_s)
            return idle and not self._over()

    def process_exited(self, status: int | None) -> None:
        """Say that the function's process is gone; a waiting caller learns it at once."""
        with self._changed:
            self._exited, self._exit_status = True, status
            self._changed.notify_all()

    def _posted(self) -> Outcome | None:
        return self._outcome

    def _over(self) -> bool:
        return self._exited or self._init_error is not None

    def _end(self, invocation: Invocation, timeout_s: float) -> Outcome:
        if self._init_error:
            return self._init_error
        if self._exited:
            return Outcome("exit", exit_error(invocation.request_id, self._exit_status))
        return Outcome("timeout", timeout_error(invocation.request_id, timeout_s))

    # ---- the runtime's side

    def next(self) -> Invocation | Reply | None:
        """Return the next event, the running one once more, or a refusal; None when it is over."""
        with self._changed:
            if self._state == "InitError":
                return _refused(self._state, "Ready")
            if self._running:
                return self._running
            self._state = "Ready"
            self._turn += 1
            turn = self._turn
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._queued or self._over() or turn != self._turn)
            # A runtime that reconnected waits in a younger turn: the event is for that one.
            if self._over() or turn != self._turn:
                return None
            self._running, self._queued = self._queued, None
            self._state = "Running"
            return self._running

    def post(self, kind: Kind, request_id: str, headers: dict[str, str], body: bytes) -> Reply:
        """Take a response or an error of the running event, or say why not."""
        with self._changed:
            running = self._running
            if not running or running.request_id != request_id:
                return _error(400, "InvalidRequestID", "Invalid request ID")
            if running.invocation_id and headers.get(_NONCE) != running.invocation_id:
                return _error(410, "Gone", "The invocation id is not that of the running event")
            streaming = headers.get(RESPONSE_MODE, "")
            if streaming not in {"", "streaming"}:
                return _error(400, "InvalidFunctionResponseMode", "Invalid response mode")
            limit_bytes = STREAM_LIMIT_BYTES if streaming else PAYLOAD_LIMIT_BYTES
            reply = self._settle(Outcome(kind, body, headers), limit_bytes)
            self._state, self._running = "ResponseSent", None
            self._changed.notify_all()
            return reply

    def _settle(self, outcome: Outcome, limit_bytes: int) -> Reply:
        if len(outcome.body) <= limit_bytes:
            self._outcome = outcome
            return ACCEPTED
        text = f"xceeded maximum allowed payload size ({limit_bytes} bytes)."
        body = platform_error("Function.ResponseSizeTooLarge", f"Response payload size e{text}")
        self._outcome = Outcome("error", body, outcome.headers)
        return _error(413, "RequestEntityTooLarge", f"E{text}")

    def restore_next(self) -> Reply | None:
        """Return when the environment was restored; None when it is over before."""
        with self._changed:
            if self._state != "Started":
                return _refused(self._state, "RestoreReady")
            self._state = "RestoreReady"
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._restored or self._over())
            if self._over():
                return None
            self._state = "Restoring"
            return Reply(200, b"")

    def restore_error(self, headers: dict[str, str], body: bytes) -> Reply:
        """Take the error that stops a restored runtime from ever asking for an event."""
        with self._changed:
            if self._state != "Restoring":
                return _refused(self._state, "RestoreError")
            return self._stopped(Outcome("restore_error", body, headers))

    def init_error(self, headers: dict[str, str], body: bytes) -> Reply:
        """Take the error that stops the runtime from ever asking for an event."""
        with self._changed:
            if self._state not in _STARTING:
                return _refused(self._state, "InitError")
            return self._stopped(Outcome("init_error", body, headers))

    def _stopped(self, outcome: Outcome) -> Reply:
        self._state = "InitError"
        self._init_error = outcome
        self._changed.notify_all()
        return ACCEPTED


def _error(status: int, error_type: str, message: str) -> Reply:
    text = json.dumps({"errorMessage": message, "errorType": error_type})
    return Reply(status, text.encode() + b"\n")


def _refused(state: str, wanted: str) -> Reply:
    text = f"State transition from {state} to {wanted} failed for runtime."
    return _error(403, "InvalidStateTransition", f"{text} Error: State transition is not allowed")
