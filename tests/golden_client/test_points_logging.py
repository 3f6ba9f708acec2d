"""Points 31, 45 to 51, 63 and 64 of AWS's client: log formats, levels, frames; snapshots."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from tests.golden_client.conftest import Golden, Seen

LOG = """
import datetime, logging, sys
logging.getLogger("start").warning("while it starts")
def boom(depth=2):
    return boom(depth - 1) if depth else 1 / 0
def caught(logger, **more):
    try:
        boom()
    except ZeroDivisionError:
        logger.exception("why %s", 1, **more)
def handler(event, context):
    logger = logging.getLogger("own")
    for level in (5, 10, 20, 25, 30, 40, 50, 60):
        logger.log(level, "at %d é", level)
    for line in event:
        eval(line)
"""
LINES = [
    "caught(logger)",
    "caught(logger, extra={'a': 1, 'b': None, 'more': [1, {'c': 'é'}]})",
    "logger.error('x', extra={'at': datetime.date(2026, 1, 1)})",
    "logger.error({'a': 1, 'b': {1, 2}})",
    "logger.error('%s', {'a': 1})",
    "logger.error('two\\nlines', stack_info=False)",
    "logger.error([1, 2])",
    "logger.error('x', extra={'tenantId': 't', 'location': 'here', 'timestamp': 0})",
    "logger.warning('')",
]
EVENT = Invocation(json.dumps(LINES).encode(), tenant_id="tenant")


def same_log(golden: Golden, *, framed: bool = False, **variables: Any) -> Seen:
    """Hold that both sides log the same; return what AWS's wrote."""
    if framed:
        variables["_LAMBDA_TELEMETRY_LOG_FD"] = "filled in"
    events = (EVENT, b"[]", b'["1 / 0"]', b'["{1}[0]"]')
    aws, core = golden.run(LOG, *events, **variables)
    golden.compare(aws, core)
    assert frames_of(core) == frames_of(aws)
    assert bool(frames_of(aws)) is framed
    return aws


def frames_of(seen: Seen) -> list[tuple[str, bytes]]:
    """Take frames apart, without their times."""
    found, rest = [], seen.frames
    while rest:
        kind, length, microseconds = struct.unpack(">IIQ", rest[:16])
        assert microseconds > 1_600_000_000_000_000
        message = rest[16 : 16 + length]
        found.append((f"{kind:08x}", blotted(message)))
        rest = rest[16 + length :]
    return found


def blotted(message: bytes) -> bytes:
    import re

    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", b"<time>", message)


def objects(seen: Seen) -> list[dict[str, Any]]:
    return [json.loads(line) for line in seen.stdout.splitlines()]


def test_c31_an_error_in_json(golden: Golden) -> None:
    seen = same_log(golden, AWS_LAMBDA_LOG_FORMAT="JSON")
    error = objects(seen)[-1]
    assert list(error) == [
        "timestamp", "level", "errorMessage", "errorType", "requestId", "stackTrace",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["JSON", "json", "Text", "nonsense", ""])
def test_c45_formats(golden: Golden, name: str) -> None:
    same_log(golden, AWS_LAMBDA_LOG_FORMAT=name)


@pytest.mark.parametrize("level", ["TRACE", "DEBUG", "info", "WARN", "ERROR", "FATAL", "none", ""])
@pytest.mark.parametrize("form", ["Text", "JSON"])
def test_c45_levels(golden: Golden, level: str, form: str) -> None:
    same_log(golden, AWS_LAMBDA_LOG_FORMAT=form, AWS_LAMBDA_LOG_LEVEL=level)


def test_c46_c47_c48_records_in_json(golden: Golden) -> None:
    seen = same_log(golden, AWS_LAMBDA_LOG_FORMAT="JSON", AWS_LAMBDA_LOG_LEVEL="TRACE")
    records = objects(seen)
    assert [record["level"] for record in records[1:8]] == [
        "DEBUG", "INFO", "INFO", "WARNING", "ERROR", "CRITICAL", "CRITICAL",
    ]  # fmt: skip
    assert records[0]["requestId"] == ""
    caught = next(record for record in records if "location" in record)
    assert list(caught) == [
        "timestamp", "level", "message", "logger", "stackTrace", "errorType", "errorMessage",
        "requestId", "location", "tenantId",
    ]  # fmt: skip


def test_c49_c50_frames(golden: Golden) -> None:
    plain = same_log(golden, framed=True)
    assert {kind for kind, _ in frames_of(plain)} == {"a55a0003", "a55a0017"}
    levels = same_log(golden, framed=True, AWS_LAMBDA_LOG_LEVEL="DEBUG")
    assert len({kind for kind, _ in frames_of(levels)}) == 5
    form = same_log(golden, framed=True, AWS_LAMBDA_LOG_FORMAT="JSON", AWS_LAMBDA_LOG_LEVEL="DEBUG")
    assert {kind for kind, _ in frames_of(form)} == {
        "a55a000a", "a55a000e", "a55a0012", "a55a0016", "a55a001a",
    }  # fmt: skip


def test_c51_the_descriptor_is_not_inherited_by_name(golden: Golden) -> None:
    source = (
        "import os\ndef handler(event, context):\n    context.log('x')\n    print('p')\n"
        "    return '_LAMBDA_TELEMETRY_LOG_FD' in os.environ\n"
    )
    aws, core = golden.run(source, _LAMBDA_TELEMETRY_LOG_FD="filled in")
    golden.compare(aws, core)
    assert frames_of(core) == frames_of(aws) == [("a55a0003", b"x")]
    assert core.body == b"false"


def test_c51_an_error_at_the_start_is_framed(golden: Golden, intended: dict[str, str]) -> None:
    assert intended["start warning"]
    for form in ("Text", "JSON"):
        aws, core = golden.run(
            "import absent", _LAMBDA_TELEMETRY_LOG_FD="filled in", AWS_LAMBDA_LOG_FORMAT=form
        )
        golden.compare(aws, core)
        assert frames_of(core)[1:] == frames_of(aws)[1:]
        assert frames_of(core)[0][0] == frames_of(aws)[0][0]


SNAPSHOT = """
CALLS = []
def note(*given, **named):
    CALLS.append([*given, named])
def fail():
    raise LookupError("not restored")
"""
HOOKS = """
BEFORE, AFTER = [], []
def register_before_snapshot(func, *args, **kwargs):
    BEFORE.append((func, args, kwargs))
def register_after_restore(func, *args, **kwargs):
    AFTER.append((func, args, kwargs))
def get_before_snapshot():
    return BEFORE
def get_after_restore():
    return AFTER
"""
SNAP_START = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}


def snapshot(golden: Golden, source: str) -> tuple[Seen, Seen]:
    files = {"snapshot_restore_py/__init__.py": HOOKS, "notes.py": SNAPSHOT}
    text = "import notes\nfrom snapshot_restore_py import *\n"
    return golden.run(text + source, b"1", files=files, **SNAP_START)


def test_c63_hooks(golden: Golden) -> None:
    aws, core = snapshot(
        golden,
        "for n in (1, 2): register_before_snapshot(notes.note, 'before', n, key=n)\n"
        "for n in (1, 2): register_after_restore(notes.note, 'after', n)\n"
        "def handler(*_): return notes.CALLS\n",
    )
    golden.compare(aws, core)
    assert [call[:2] for call in core.values[0]] == [
        ["before", 2], ["before", 1], ["after", 1], ["after", 2],
    ]  # fmt: skip


@pytest.mark.parametrize(("when", "status"), [("before_snapshot", 64), ("after_restore", 65)])
def test_c64_a_hook_that_fails(golden: Golden, when: str, status: int) -> None:
    aws, core = snapshot(golden, f"register_{when}(notes.fail)\ndef handler(*_): return 1\n")
    assert (aws.kinds, aws.status) == (core.kinds, core.status)
    assert core.status == status
    for theirs, ours in zip(aws.values, core.values, strict=True):
        assert ours["errorType"] == theirs["errorType"]
        assert ours["errorMessage"] == theirs["errorMessage"]
