"""The log of one function, byte for byte: AWS's own client beside the native core (C29-C53)."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local.runtime_api import Invocation, RuntimeApi

if TYPE_CHECKING:
    from sparta.local.runtime_api import Outcome

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "python" / "sparta" / "_sparta.abi3.so"
SERVE = "import sys; sys.path.insert(0, '.'); import _sparta; _sparta.run(sys.argv)"
COMMANDS = {
    "aws": (sys.executable, "-m", "awslambdaric", "app.handler"),
    "native": (sys.executable, "-IS", "-c", SERVE, "app.handler"),
}
SECONDS = 20.0
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
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


def run(
    task: Path, runtime: str, variables: dict[str, str], events: list[bytes], *, framed: bool
) -> tuple[list[Outcome], bytes, bytes]:
    """Return outcomes, output and the framed log of one process."""
    output, frames = task / f"{runtime}.log", task / f"{runtime}.frames"
    with RuntimeApi() as api, output.open("wb") as log, frames.open("wb") as file:
        environment = {
            "AWS_LAMBDA_RUNTIME_API": api.address,
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
            "AWS_LAMBDA_FUNCTION_NAME": "orders",
            "PATH": os.environ["PATH"],
            "_HANDLER": "app.handler",
            **variables,
        }
        if framed:
            environment["_LAMBDA_TELEMETRY_LOG_FD"] = str(file.fileno())
        process = subprocess.Popen(
            COMMANDS[runtime],
            cwd=task,
            env=environment,
            stdout=log,
            stderr=log,
            pass_fds=(file.fileno(),),
        )
        try:
            api.watch(process)
            api.wait_ready(SECONDS)
            # The first tenant is that of the first event, the others have none.
            outcomes = [
                api.invoke(Invocation(event, request_id=f"id-{i}", tenant_id=None if i else "blue"))
                for i, event in enumerate(events)
            ]
        finally:
            process.kill()
            process.wait(SECONDS)
    return outcomes, output.read_bytes(), frames.read_bytes()


def both(
    tmp_path: Path, source: str, variables: dict[str, str], events: list[bytes], *, framed: bool
) -> dict[str, tuple[list[Outcome], bytes, list[tuple[int, bytes]]]]:
    if not LIBRARY.is_file():
        pytest.skip("the native library is not built: make core")
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    (tmp_path / "_sparta.abi3.so").symlink_to(LIBRARY)
    found = {}
    for runtime in COMMANDS:
        outcomes, output, frames = run(tmp_path, runtime, variables, events, framed=framed)
        found[runtime] = (outcomes, timeless(output), unframed(frames))
    return found


def timeless(log: bytes) -> bytes:
    """Return a log with every time replaced, of the same form."""
    return TIME.sub(lambda found: b"T" * len(found[0]), log)


def unframed(content: bytes) -> list[tuple[int, bytes]]:
    """Return type and message of each frame."""
    found = []
    while content:
        kind, length, microseconds = struct.unpack(">IIQ", content[:16])
        assert 1_700_000_000_000_000 < microseconds < 10_000_000_000_000_000
        found.append((kind, timeless(content[16 : 16 + length])))
        content = content[16 + length :]
    return found


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_records_and_errors(tmp_path: Path, setting: str, *, framed: bool) -> None:
    found = both(tmp_path, LOGS, SETTINGS[setting], EVENTS, framed=framed)
    (outcomes, output, frames), wanted = found["native"], found["aws"]
    assert frames == wanted[2]
    assert bool(frames) is framed
    assert output.decode().splitlines() == wanted[1].decode().splitlines()
    assert [one.kind for one in outcomes] == ["response", "response", "error"]
    assert [one.body for one in outcomes] == [one.body for one in wanted[0]]


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", ["plain", "json", "level"])
def test_a_formatter_of_the_application(tmp_path: Path, setting: str, *, framed: bool) -> None:
    found = both(tmp_path, LOG_TWICE, SETTINGS[setting], [b"1"], framed=framed)
    assert found["native"][1:] == found["aws"][1:]
    assert b"id-0|blue|own formatter|" in (found["aws"][2][0][1] if framed else found["aws"][1])


@pytest.mark.parametrize("framed", [False, True], ids=["stdout", "frames"])
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("source", ["import logging\n1 / 0\n", "1 / 0\n"], ids=["logging", "bare"])
def test_a_failed_start(tmp_path: Path, source: str, setting: str, *, framed: bool) -> None:
    """The warning has words of our own, the error lacks frames of importlib; all else is equal."""
    found = both(tmp_path, source, SETTINGS[setting], [b"1"], framed=framed)
    for runtime, (outcomes, output, frames) in found.items():
        assert outcomes[0].kind == "init_error", (runtime, output)
    _, output, frames = found["native"]
    _, wanted_output, wanted_frames = found["aws"]
    assert [kind for kind, _ in frames] == [kind for kind, _ in wanted_frames]
    pairs = zip(frames, wanted_frames, strict=True)
    texts = [(one, other) for (_, one), (_, other) in pairs] or [(output, wanted_output)]
    for text, wanted in texts:
        assert comparable(text) == comparable(wanted)


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
