"""SnapStart beside AWS's client: hooks, the wait between them, how a failure ends (C63, C64)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.observed.conftest import Starter

LIMIT_S = 20.0
FRAME_OF_AWS = (b"hooks_runner.py", b"func(*args, **kwargs)")
HOOKS = """
import sys
from snapshot_restore_py import register_after_restore, register_before_snapshot
print("import")
def say(*texts, end="."):
    print(*texts, end=end + chr(10))
register_before_snapshot(say, "before 1")
register_before_snapshot(say, "before 2", "x", end="!")
register_after_restore(say, "after 1")
register_after_restore(say, "after 2", end="?")
{more}
def handler(event, context):
    return "handled"
"""
FAILING = """
def fail():
    raise {error}
register_{when}(fail)
"""
ENDS = {"before_snapshot": ("init_error", 64), "after_restore": ("restore_error", 65)}
ERRORS = ["ValueError('bad')", "SystemExit(9)", "KeyboardInterrupt()"]


def test_hooks_run_around_the_snapshot(start: Starter) -> None:
    outputs = []
    for runtime in ("aws", "native"):
        function = start(runtime, HOOKS.format(more=""), snap_start=True)
        assert function.api.wait_snapshot(LIMIT_S)
        before = function.output
        assert function.api.wait_ready(0.2) is False
        function.api.restore()
        assert function.invoke().body == b'"handled"'
        outputs.append((before, function.output))
    assert outputs[0] == outputs[1]
    assert outputs[1][0] == b"import\nbefore 2 x!\nbefore 1.\n"
    assert outputs[1][1].endswith(b"after 1.\nafter 2?\n")


def test_without_hooks_the_library_is_not_imported(start: Starter) -> None:
    source = "import sys\ndef handler(*_):\n    return 'snapshot_restore_py' in sys.modules\n"
    function = start("native", source, snap_start=True)
    assert function.api.wait_snapshot(LIMIT_S)
    function.api.restore()
    assert function.invoke().body == b"false"


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("when", ["before_snapshot", "after_restore"])
def test_a_hook_that_fails(
    start: Starter,
    timeless: Callable[[bytes], bytes],
    when: str,
    error: str,
) -> None:
    kind, status = ENDS[when]
    found: list[Any] = []
    for runtime in ("aws", "native"):
        source = HOOKS.format(more=FAILING.format(when=when, error=error))
        function = start(runtime, source, snap_start=True)
        function.api.wait_snapshot(5.0 if kind == "init_error" else LIMIT_S)
        function.api.restore()
        outcome = function.invoke()
        assert function.process.wait(LIMIT_S) == status
        posted = json.loads(outcome.body)
        # AWS's client shows the frame that calls the hook; ours never show.
        stack = [frame for frame in posted.pop("stackTrace") if "hooks_runner" not in frame]
        header = outcome.headers["lambda-runtime-function-error-type"]
        log = timeless(function.output).splitlines()
        assert f"[ERROR] {posted['errorType']}".encode() in b"\n".join(log)
        log = [line for line in log if not any(part in line for part in FRAME_OF_AWS)]
        found.append((outcome.kind, header, posted, stack, log))
    assert found[0] == found[1]
    assert found[1][0] == kind


def test_lambda_refuses_the_wait(start: Starter) -> None:
    """Without SnapStart's routes, both end as a failed hook ends."""
    for runtime in ("aws", "native"):
        variables = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
        function = start(runtime, HOOKS.format(more=""), variables)
        outcome = function.invoke()
        assert outcome.kind == "init_error"
        assert function.process.wait(LIMIT_S) == 64
        header = outcome.headers["lambda-runtime-function-error-type"]
        assert header == "Runtime.BeforeSnapshotError"


def test_copies_of_a_snapshot_have_ids_of_their_own(start: Starter) -> None:
    source = """
import sparta
sparta.logger.info("before")
def handler(event, context):
    sparta.logger.info("after")
"""
    function = start("native", source, snap_start=True)
    assert function.api.wait_snapshot(LIMIT_S)
    function.api.restore()
    function.invoke()
    before, after = (json.loads(line)["instanceId"] for line in function.output.splitlines())
    assert before != after
