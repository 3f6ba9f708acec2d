"""A workload, and how its answers are read: values and the reading of an outcome."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sparta.measure.subject import MeasureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.local.runtime_api import Outcome

SHOWN_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Workload:
    """One event, sent again and again.

    Args:
        name: What tables call it.
        event: What each subject is sent, as Lambda sends it.
        check: Raises MeasureError for any answer but the right one.
        warm_events: How many follow the first one of each start.
        cold_starts: How often a subject starts in the full benchmark.
    """

    name: str
    event: bytes
    check: Callable[[Outcome], None]
    warm_events: int
    cold_starts: int


class Exchange(NamedTuple):
    """An event and the check of its answer."""

    event: bytes
    check: Callable[[Outcome], None]


def document_of(outcome: Outcome) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return what a function answered, decoded.

    Raises:
        MeasureError: It failed, or its answer is not JSON.
    """
    if outcome.kind != "response":
        raise MeasureError(f"{outcome.kind} instead of a response: {shown(outcome.body)}")
    try:
        return json.loads(outcome.body)
    except ValueError as error:
        raise MeasureError(f"not JSON: {error}: {shown(outcome.body)}") from error


def http_answer(outcome: Outcome) -> tuple[int, str]:
    """Return status and body of an answer to API Gateway, the body decoded.

    Raises:
        MeasureError: It is no such answer.
    """
    envelope = document_of(outcome)
    if not isinstance(envelope, dict) or not isinstance(envelope.get("statusCode"), int):
        raise MeasureError(f"no answer for API Gateway: {shown(outcome.body)}")
    body = envelope.get("body") or ""
    if envelope.get("isBase64Encoded"):
        body = base64.b64decode(body).decode()
    return envelope["statusCode"], body


def expect(what: str, found: object, wanted: object) -> None:
    """Raise MeasureError unless the two are equal."""
    if found != wanted:
        raise MeasureError(f"{what} is {shown(found)}, not {shown(wanted)}")


def shown(value: object) -> str:
    """Return a value as text that fits into a message."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."
