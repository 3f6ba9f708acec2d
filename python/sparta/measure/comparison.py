"""A user's functions under both runtimes and several shares of a core, in turns."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from sparta.measure.start import measure
from sparta.measure.subject import MeasureError, Sample, Subject
from sparta.measure.turns import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.local.invocation import Outcome
    from sparta.measure.regime import Regime

WARM_EVENTS = 100
WARM_EVENTS_THROTTLED = 20
"""At 128 MB one event may take a hundred times as long."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """One function under one runtime, and what it is sent.

    Args:
        function: Its name.
        runtime: `python` or `native`.
        subject: How it is started.
        event: JSON.
    """

    function: str
    runtime: str
    subject: Subject
    event: bytes


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What all starts of one candidate in one regime gave.

    Args:
        candidate: Which.
        regime: Which.
        samples: One for each start; after an error without figures of events.
        error: What it answered to the event, or why it does not start; empty where all is well.
        refusal: The HTTP answer where it was 400 or above: figures are those of refusing.
    """

    candidate: Candidate
    regime: Regime
    samples: tuple[Sample, ...]
    error: str = ""
    refusal: str = ""


def compare(
    candidates: Sequence[Candidate],
    regimes: Sequence[Regime],
    rounds: int,
) -> list[Outcomes]:
    """Start every candidate in every regime `rounds` times, taking turns.

    Args:
        candidates: What is started.
        regimes: Those that this machine can make.
        rounds: Starts that count; one before them fills the page cache.
    """
    pairs = [(candidate, regime) for candidate in candidates for regime in regimes]
    errors: dict[int, str] = {}
    refusals: dict[int, str] = {}

    def start(number: int) -> Sample:
        candidate, regime = pairs[number]

        def check(outcome: Outcome) -> None:
            if outcome.kind == "error":
                errors[number] = _said(outcome.body)
            elif outcome.kind != "response":
                raise MeasureError(f"it ended with {outcome.kind}")
            elif refusal := _refusal(outcome.body):
                refusals[number] = refusal

        warm = WARM_EVENTS_THROTTLED if regime.throttles else WARM_EVENTS
        # An error is answered once, and told; its traceback would be all that is measured.
        warm = 1 if number in errors else warm
        sample = measure(
            candidate.subject, candidate.event, warm_events=warm, regime=regime, check=check
        )
        return _init_only(sample) if number in errors else sample

    def failed(number: int, error: Exception) -> None:
        errors[number] = str(error)

    taken = turns(
        [(number, partial(start, number)) for number in range(len(pairs))],
        rounds,
        failed=failed,
    )
    return [
        Outcomes(*pair, tuple(taken[number]), errors.get(number, ""), refusals.get(number, ""))
        for number, pair in enumerate(pairs)
    ]


def _refusal(body: bytes) -> str:
    """Return an HTTP answer that says that the request was not served; else nothing."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    status = found.get("statusCode") if isinstance(found, dict) else None
    refused = isinstance(status, int) and status >= HTTPStatus.BAD_REQUEST
    return f"{status} {found.get('body', '')}"[:_LONGEST] if refused else ""


def _said(body: bytes) -> str:
    """Return what a function's error says, without its traceback."""
    text = body.decode("utf-8", "replace")
    try:
        found = json.loads(text)
        text = f"{found['errorType']}: {found['errorMessage']}"
    except (ValueError, LookupError, TypeError):  # another client's form
        pass
    return text[:_LONGEST]


def _init_only(sample: Sample) -> Sample:
    return replace(
        sample,
        first_cpu_ms=None,
        first_wall_ms=None,
        warm_cpu_ms=None,
        warm_wall_mean_ms=None,
        warm_wall_p99_ms=None,
    )
