"""Environments are used again, in parallel, and never kept when they are not good any more."""

from __future__ import annotations

import io
import json
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.local.configuration import FunctionConfiguration
from sparta.local.executor import Code, Executor
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import running_minor
from sparta.local.unpacked import TaskRoots

if TYPE_CHECKING:
    from collections.abc import Iterator

APP = """
import os, time
def process(event, context):
    time.sleep(event.get("sleep_s", 0))
    return [os.getpid(), context.invoked_function_arn]
def large(event, context):
    return "x" * 7_000_000 if event.get("large") else os.getpid()
"""
ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"
BASE = FunctionConfiguration(
    "app.process", f"python{running_minor()}", function_name="f", function_arn=ARN
)


@pytest.fixture
def executor(tmp_path: Path) -> Iterator[Executor]:
    executor = Executor(TaskRoots(tmp_path))
    yield executor
    executor.close()


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("app.py", APP)
    return buffer.getvalue()


def run(
    executor: Executor,
    configuration: FunctionConfiguration = BASE,
    code: str = "v1",
    **event: object,
) -> object:
    invocation = Invocation(json.dumps(event).encode())
    execution = executor.run(configuration, Code(archive(), code), {}, invocation)
    return json.loads(execution.outcome.body)


def pid_of(answer: object) -> int:
    assert isinstance(answer, list)
    return int(answer[0])


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_the_same_environment_serves_every_qualifier_of_one_version(executor: Executor) -> None:
    first = run(executor)
    second = run(executor, replace(BASE, function_arn=f"{ARN}:live"))
    assert pid_of(first) == pid_of(second)
    assert [first[1], second[1]] == [ARN, f"{ARN}:live"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("configuration", "code"),
    [
        (replace(BASE, environment={"A": "1"}), "v1"),
        (replace(BASE, timeout_s=4), "v1"),
        (BASE, "v2"),
    ],
)
def test_another_configuration_or_code_is_another_environment(
    executor: Executor, configuration: FunctionConfiguration, code: str
) -> None:
    assert pid_of(run(executor)) != pid_of(run(executor, configuration, code))


def test_events_at_the_same_time_run_in_environments_of_their_own(executor: Executor) -> None:
    with ThreadPoolExecutor(3) as pool:
        started_s = time.monotonic()
        waiting = [pool.submit(run, executor, sleep_s=0.6) for _ in range(3)]
        pids = {pid_of(answer.result()) for answer in waiting}
    assert len(pids) == 3
    assert time.monotonic() - started_s < 1.8


def test_a_changed_function_is_forgotten(executor: Executor) -> None:
    pid = pid_of(run(executor))
    executor.forget("other")
    assert exists(pid)
    executor.forget("f")
    assert not exists(pid)
    assert pid_of(run(executor)) != pid


def test_a_runtime_that_dies_after_its_answer_is_replaced(executor: Executor) -> None:
    # AWS's client ends when its answer is refused as too large.
    large = replace(BASE, handler="app.large")
    answer = run(executor, large, large=True)
    assert isinstance(answer, dict)
    assert answer["errorType"] == "Function.ResponseSizeTooLarge"
    assert isinstance(run(executor, large), int)


def test_closing_ends_events_that_still_run(executor: Executor) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(run, executor, replace(BASE, timeout_s=60), sleep_s=60)
        time.sleep(0.3)
        executor.close()
        answer = waiting.result(10)
    assert isinstance(answer, dict)
    assert answer["errorType"] == "Runtime.ExitError"


def test_a_bad_archive_is_refused_each_time(executor: Executor) -> None:
    for _ in range(2):
        with pytest.raises(zipfile.BadZipFile):
            executor.run(BASE, Code(b"no zip", "v9"), {}, Invocation(b"1"))
