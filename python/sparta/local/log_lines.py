"""The lines that Lambda writes around a function's own output.

Source: https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparta.local.configuration import FunctionConfiguration
    from sparta.local.invocation import Outcome


@dataclass(frozen=True, slots=True)
class Measured:
    """What REPORT says.

    Args:
        duration_ms: From the event's hand-over to its outcome.
        init_ms: From the process's start to its first request for an event; None when warm.
        peak_mb: The most memory the process has had.
    """

    duration_ms: float
    init_ms: float | None
    peak_mb: int


def log_text(
    configuration: FunctionConfiguration,
    request_id: str,
    outcome: Outcome,
    output: tuple[str, str],
    measured: Measured,
) -> str:
    """Return the log of one invocation, each line ended.

    Args:
        configuration: The function's.
        request_id: The invocation's.
        outcome: Of the invocation.
        output: What the process wrote during its init, and since.
        measured: What was measured of it.
    """
    init_output, invoke_output = output
    lines = [f"START RequestId: {request_id} Version: {configuration.version}\n"]
    if init_output:
        lines.insert(0, _ended(init_output))
    if invoke_output:
        lines.append(_ended(invoke_output))
    lines += _platform_lines(outcome, request_id)
    lines.append(f"END RequestId: {request_id}\n")
    lines.append(_report(configuration, request_id, outcome, measured))
    return "".join(lines)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _platform_lines(outcome: Outcome, request_id: str) -> list[str]:
    if outcome.kind not in {"exit", "timeout"}:
        return []
    error = json.loads(outcome.body)
    if outcome.kind == "exit":
        return [f"{error['errorMessage']}\n{error['errorType']}\n"]
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    return [f"{moment}Z {request_id} {error['errorMessage'].partition('Error: ')[2]}\n\n"]


def _report(
    configuration: FunctionConfiguration, request_id: str, outcome: Outcome, measured: Measured
) -> str:
    billed_ms = math.ceil(measured.duration_ms + (measured.init_ms or 0))
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {measured.duration_ms:.2f} ms",
        f"Billed Duration: {billed_ms} ms",
        f"Memory Size: {configuration.memory_mb} MB",
        f"Max Memory Used: {min(measured.peak_mb, configuration.memory_mb)} MB",
    ]
    if measured.init_ms is not None:
        fields.append(f"Init Duration: {measured.init_ms:.2f} ms")
    if outcome.kind == "timeout":
        fields.append("Status: timeout")
    if outcome.kind in {"exit", "init_error"}:
        fields.append("Status: error")
        fields.append(f"Error Type: {_error_type(outcome)}")
    return "\t".join(fields) + "\n"


def _error_type(outcome: Outcome) -> str:
    try:
        return str(json.loads(outcome.body)["errorType"])
    except (ValueError, KeyError, TypeError):
        return "Runtime.Unknown"
