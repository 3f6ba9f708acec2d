"""The log of one function, byte for byte: AWS's own client beside the native core (C29-C53)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.observed.conftest import Starter

    from sparta.local.runtime_api import Outcome

LOGS = """
import datetime, decimal, enum, logging

class Level(enum.IntEnum):
    LOW = 7

class Text(str):
    pass

logging.getLogger("start").warning("at import")
logger = logging.getLogger("orders")

def handler(event, context):
    if event == "level":
        logging.getLogger().setLevel("DEBUG")
    for level in (1, 10, 15, 20, 30, 40, 50, 77):
        logger.log(level, "level %s of \\u00e8 \\u2028 \\x7f \\\\ \\" 😀", level)
    logger.warning("two\\nlines")
    logger.warning({"a": 1, "b": [None, True, 1.5, float("nan"), "x"]})
    logger.warning({"a": 1}, extra={"more": {"deep": (1, {"x": [2**70]})}})
    logger.warning("%(a)s", {"a": 1})
    logger.warning(["a", 1])
    logger.warning("", extra={"at": datetime.datetime(2026, 1, 2), "sum": decimal.Decimal("1.10"),
        "none": None, "raw": b"b", "level": "mine", "location": "mine", "requestId": "mine",
        "kind": Level.LOW, "text": Text("t"), "keys": {1: 1, None: 2, 1.5: 3, True: 4}, "set": {1}})
    logger.warning("odd", extra={"tenantId": "mine", "_frame_type": None, "taskName": "t"})
    try:
        {}["missing"]
    except KeyError:
        logger.exception("failed %d", 1)
        logger.warning("again", exc_info=True, stack_info=False)
    for wrong in ({(1, 2): 1},):
        try:
            logger.error("keys", extra={"wrong": wrong})
        except TypeError as error:
            print(type(error).__name__, error)
    context.log("by the context")
    print("printed", "twice")
    if event == "fail":
        raise ValueError("bad \\u00e8")
    return len(logging.getLogger().handlers)
"""
LOG_TWICE = """
import logging
for handler in logging.getLogger().handlers:
    handler.setFormatter(logging.Formatter("%(aws_request_id)s|%(tenant_id)s|%(message)s|\\n"))
def handler(event, context):
    logging.error("own formatter")
    logging.getLogger().handlers[0].log_sink.log("by the sink")
    logging.basicConfig(level="DEBUG")
    logging.info("not shown")
"""
SETTINGS: dict[str, dict[str, str]] = {
    "plain": {},
    "json": {"AWS_LAMBDA_LOG_FORMAT": "JSON"},
    "json in small letters": {"AWS_LAMBDA_LOG_FORMAT": "json", "AWS_LAMBDA_LOG_LEVEL": "debug"},
    "level": {"AWS_LAMBDA_LOG_LEVEL": "INFO"},
    "trace": {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "TRACE"},
    "trace in small letters": {"AWS_LAMBDA_LOG_LEVEL": "trace"},
    "unknown level": {"AWS_LAMBDA_LOG_FORMAT": "xml", "AWS_LAMBDA_LOG_LEVEL": "loud"},
    "error": {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": "ERROR"},
    "ascii": {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_EXECUTION_ENV": "AWS_Lambda_python3.11"},
}
EVENTS = [b'"quiet"', b'"level"', b'"fail"']


class Written:
    """What two processes did with the same function and events."""

    def __init__(self, start: Starter, timeless: Callable[[bytes], bytes]) -> None:
        self._start = start
        self._timeless = timeless

    def by(
        self,
        runtime: str,
        source: str,
        variables: dict[str, str],
        events: list[bytes],
        *,
        framed: bool,
    ) -> tuple[list[Outcome], bytes, list[tuple[int, bytes]]]:
        """Return outcomes, output and frames."""
        function = self._start(runtime, source, variables, framed=framed)
        # The first event has a tenant, the others have none.
        outcomes = [
            function.invoke(event, request_id=f"id-{i}", tenant_id=None if i else "blue")
            for i, event in enumerate(events)
        ]
        if outcomes[0].kind == "init_error":
            function.process.wait(20.0)
        frames = [(kind, self._timeless(text)) for kind, text in function.frames]
        return outcomes, self._timeless(function.output), frames


@pytest.fixture
def written(start: Starter, timeless: Callable[[bytes], bytes]) -> Written:
    return Written(start, timeless)


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_records_and_errors(written: Written, setting: str, *, framed: bool) -> None:
    wanted, (outcomes, output, frames) = (
        written.by(runtime, LOGS, SETTINGS[setting], EVENTS, framed=framed)
        for runtime in ("aws", "native")
    )
    assert frames == wanted[2]
    assert bool(frames) is framed
    assert output.decode().splitlines() == wanted[1].decode().splitlines()
    assert [one.kind for one in outcomes] == ["response", "response", "error"]
    assert [one.body for one in outcomes] == [one.body for one in wanted[0]]


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", ["plain", "json", "level"])
def test_a_formatter_of_the_application(written: Written, setting: str, *, framed: bool) -> None:
    wanted, found = (
        written.by(runtime, LOG_TWICE, SETTINGS[setting], [b"1"], framed=framed)
        for runtime in ("aws", "native")
    )
    assert found[1:] == wanted[1:]
    assert b"id-0|blue|own formatter|" in (wanted[2][0][1] if framed else wanted[1])


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("source", ["import logging\n1 / 0\n", "1 / 0\n"], ids=["logging", "bare"])
def test_a_failed_start(written: Written, source: str, setting: str, *, framed: bool) -> None:
    """The warning has words of our own, the error lacks frames of importlib; all else is equal."""
    wanted, found = (
        written.by(runtime, source, SETTINGS[setting], [b"1"], framed=framed)
        for runtime in ("aws", "native")
    )
    assert [each[0][0].kind for each in (wanted, found)] == ["init_error"] * 2
    (_, output, frames), (_, wanted_output, wanted_frames) = found, wanted
    assert [kind for kind, _ in frames] == [kind for kind, _ in wanted_frames]
    pairs = zip(frames, wanted_frames, strict=True)
    texts = [(one, other) for (_, one), (_, other) in pairs] or [(output, wanted_output)]
    for text, wanted_text in texts:
        assert comparable(text) == comparable(wanted_text) != []


def comparable(text: bytes) -> list[Any]:
    """Return what has to agree of the lines of a failed start."""
    found: list[Any] = []
    for line in text.decode().splitlines():
        if line.startswith("{"):
            record = json.loads(line)
            record.pop("stackTrace", None)
            is_warning = record.get("message", "").startswith("LAMBDA_WARNING: Unhandled exception")
            found.append({**record, "message": "..."} if is_warning else record)
        elif line.startswith("["):
            found.append(line.partition("LAMBDA_WARNING")[0])
    return found
