"""Where the core must not or cannot serve: one line says so, and AWS's own client serves.

C65 and C56, and every way in which the library, the interpreter or the kind of start is not ours.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sparta.local.invocation import Invocation

if TYPE_CHECKING:
    from pathlib import Path

    from tests.golden_client.conftest import Golden, Seen

WARNING = "sparta: AWS's client serves this function: "
SEVERAL = "it is to answer several events at a time"
MANAGED = [
    {"AWS_LAMBDA_MAX_CONCURRENCY": "2"},
    {"AWS_LAMBDA_INITIALIZATION_TYPE": "lambda-managed-instances"},
]
"""What managed instances are known by."""
SOURCE = """
import os, sys
def handler(event, context):
    frame, names = sys._getframe(), []
    while frame is not None:
        names.append(frame.f_code.co_name)
        frame = frame.f_back
    return ["handle_event_request" in names, "_sparta" in sys.modules]
"""
SCRIPT = """#!/bin/sh
# As AWS's: an exec wrapper is given the command that starts the client.
export LAMBDA_RUNTIME_DIR={site_packages}
exec $AWS_LAMBDA_EXEC_WRAPPER {interpreter} {bootstrap}
"""
LIBRARIES: dict[str, tuple[str | bytes | None, str]] = {
    "missing": (None, "No module named '_sparta'"),
    "garbage": (b"no library", "_sparta.abi3.so"),
    "cut off": (b"\x7fELF\x02\x01\x01" + b"\0" * 57, "_sparta.abi3.so"),
    "of another version": ("", "cannot import name"),
    "an OSError": ("raise OSError('no room')", "no room"),
    "a SystemError": ("raise SystemError('not initialised')", "not initialised"),
    "an AttributeError": ("import sys; sys.nothing", "has no attribute 'nothing'"),
    "a panic": ("raise BaseException('panicked')", "panicked"),
}
"""What stands in the library's place (text: a module of Python), and what the line has to say."""


def task_of(golden: Golden, project_root: Path, library: str = "") -> Path:
    """Lay out an archive with the files of both doors, and maybe something else as library."""
    takeover = (project_root / "shim" / "_sparta_takeover.py").read_text()
    files = {"app.py": SOURCE, "index.py": "from app import handler\n"}
    task = golden.task({**files, "_sparta_takeover.py": takeover})
    if library:
        content, _ = LIBRARIES[library]
        (task / "_sparta.abi3.so").unlink()
        if isinstance(content, str):
            (task / "_sparta.py").write_text(content)
        elif content is not None:
            (task / "_sparta.abi3.so").write_bytes(content)
    return task


def served(golden: Golden, task: Path, door: str, **variables: str) -> Seen:
    """Send one event by `door`: core, takeover, or alone, which is core without arguments."""
    handler = "_sparta_takeover.handler" if door == "takeover" else "app.handler"
    if door == "alone":
        # What stands for /var/runtime of the managed image.
        runtime = task.parent / "var_runtime"
        runtime.mkdir()
        there = golden.runtime
        text = SCRIPT.format(
            site_packages=there.site_packages,
            interpreter=there.interpreter,
            bootstrap=there.bootstrap,
        )
        (runtime / "bootstrap").write_text(text)
        (runtime / "bootstrap").chmod(0o755)
        variables["LAMBDA_RUNTIME_DIR"] = str(runtime)
    with golden.side(door, task, handler, **variables) as side:  # type: ignore[arg-type]
        return side.serve([Invocation(b"null", request_id="r-1")])


def check_given_way(seen: Seen, reason: str, processes: int = 1) -> None:
    """Hold that AWS's client answered, after the one line of each of its processes."""
    assert seen.kinds == ["response"], seen.stderr.decode() + seen.stdout.decode()
    is_by_aws, _ = json.loads(seen.body)
    assert is_by_aws
    lines = seen.stderr.decode().splitlines()
    lines = [line for line in lines if line.startswith("sparta: ")]
    assert 1 <= len(lines) <= processes
    assert all(line.startswith(WARNING) and reason in line for line in lines)


@pytest.mark.parametrize("door", ["core", "alone", "takeover"])
def test_c56_each_door_serves_where_nothing_is_in_the_way(
    golden: Golden, project_root: Path, door: str
) -> None:
    seen = served(golden, task_of(golden, project_root), door)
    assert json.loads(seen.body) == [False, True]
    assert seen.stderr == b""


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("door", ["core", "alone", "takeover"])
def test_a_library_that_cannot_be_used(
    golden: Golden, project_root: Path, door: str, library: str
) -> None:
    seen = served(golden, task_of(golden, project_root, library), door)
    check_given_way(seen, LIBRARIES[library][1])


@pytest.mark.parametrize("door", ["core", "alone"])
def test_another_python_than_the_archive_is_for(
    golden: Golden, project_root: Path, door: str
) -> None:
    task = task_of(golden, project_root)
    wrapper = task / "bootstrap"
    wrapper.write_text(wrapper.read_text().replace(golden.runtime.minor, "3.9"))
    check_given_way(served(golden, task, door), "packaged for Python 3.9, not 3.")


@pytest.mark.parametrize("variables", MANAGED, ids=["concurrency", "kind of start"])
@pytest.mark.parametrize("door", ["core", "alone", "takeover"])
def test_c65_several_events_at_a_time(
    golden: Golden, project_root: Path, door: str, variables: dict[str, str]
) -> None:
    task = task_of(golden, project_root)
    # Its client has a process for each event at a time, which imports the takeover.
    processes = 2 if door == "takeover" else 1
    check_given_way(served(golden, task, door, **variables), SEVERAL, processes)


def test_c65_a_snapshot_within_aws_client(golden: Golden, project_root: Path) -> None:
    task = task_of(golden, project_root)
    variables = {"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"}
    check_given_way(served(golden, task, "takeover", **variables), "becomes a snapshot")
    seen = served(golden, task, "core", **variables)  # here the core has the hooks itself
    assert json.loads(seen.body) == [False, True]


def test_an_agent_in_front_of_the_takeover(golden: Golden, project_root: Path) -> None:
    task = task_of(golden, project_root)
    (task / "agent.py").write_text("import _sparta_takeover\nhandler = _sparta_takeover.handler\n")
    with golden.side("takeover", task, "agent.handler") as side:
        seen = side.serve([Invocation(b"null", request_id="r-1")])
    check_given_way(seen, "the handler agent.handler")
