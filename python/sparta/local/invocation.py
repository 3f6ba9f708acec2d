"""What goes into an execution environment, and what comes out: two values."""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["response", "error", "init_error", "restore_error", "exit", "timeout"]

RESPONSE_MODE = "lambda-runtime-function-response-mode"
ERROR_TYPE = "lambda-runtime-function-error-type"
ERROR_BODY = "lambda-runtime-function-error-body"
"""Headers of the runtime's post; the last two are trailers of an answer that was cut short."""
FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:local"


@dataclass(frozen=True, slots=True)
class Invocation:
    """One event on its way to a function.

    Args:
        event: The body, as the caller sent it.
        request_id: `Lambda-Runtime-Aws-Request-Id`.
        deadline_ms: When the function must have answered, milliseconds since 1970; None gives
            it 30 seconds from the moment it is invoked.
        function_arn: With its version or alias.
        trace_id: The X-Ray header's value; empty sends none.
        client_context: JSON text of a mobile client's context.
        cognito_identity: JSON text of the caller's identity.
        content_type: Of the event.
        tenant_id: `Lambda-Runtime-Aws-Tenant-Id`.
        invocation_id: The nonce that a runtime must echo; None sends none and checks none.
    """

    event: bytes
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    deadline_ms: int | None = None
    function_arn: str = FUNCTION_ARN
    trace_id: str = ""
    client_context: str | None = None
    cognito_identity: str | None = None
    content_type: str = "application/json"
    tenant_id: str | None = None
    invocation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended.

    Args:
        kind: "response" and "error" are what the runtime posted for this event, "init_error" and
            "restore_error" what it posted instead of asking for one; "exit" and "timeout" are the
            platform's.
        body: What the caller gets.
        headers: Of the runtime's post, by lower-case name, trailers included; empty otherwise.
    """

    kind: Kind
    body: bytes
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def is_streamed(self) -> bool:
        """Whether the runtime sent it piece by piece."""
        return self.headers.get(RESPONSE_MODE) == "streaming"

    @property
    def stream_error(self) -> bytes | None:
        """The error, as JSON, that cut a streamed answer short; None if nothing did."""
        if not self.is_streamed or ERROR_TYPE not in self.headers:
            return None
        try:
            return base64.b64decode(self.headers.get(ERROR_BODY, ""), validate=True)
        except binascii.Error:
            return platform_error("Function.Unknown", f"not base64: {ERROR_BODY}")


def platform_error(error_type: str, message: str) -> bytes:
    """Return the body of an error that the platform, not the function, reports."""
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()


def exit_error(request_id: str, status: int | None) -> bytes:
    """Return what Lambda answers when the process is gone.

    Args:
        request_id: Of the invocation that found it gone.
        status: `Popen.returncode`: an exit status, a negative signal number, or None.
    """
    reason = "Runtime exited without providing a reason"
    if status is not None and status > 0:
        reason = f"Runtime exited with error: exit status {status}"
    if status is not None and status < 0:
        reason = f"Runtime exited with error: signal: {_SIGNAL_TEXTS.get(-status, -status)}"
    return platform_error("Runtime.ExitError", f"RequestId: {request_id} Error: {reason}")


def timeout_error(request_id: str, timeout_s: float) -> bytes:
    """Return what Lambda answers when a function took longer than its timeout."""
    text = f"RequestId: {request_id} Error: Task timed out after {timeout_s:.2f} seconds"
    return platform_error("Sandbox.Timedout", text)


_SIGNAL_TEXTS = {
    4: "illegal instruction",
    6: "aborted",
    7: "bus error",
    8: "floating point exception",
    9: "killed",
    11: "segmentation fault",
    15: "terminated",
}
