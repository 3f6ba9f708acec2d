"""The local AWS of a project: started once, found again, ended to the last process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.errors import LocalError
from sparta.local import child, daemon
from sparta.local.endpoint import Endpoint, read_state

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    daemon.stop(tmp_path)


def state_file(project: Path) -> Path:
    return project / ".sparta" / "local" / "state.json"


def wait_until_gone(pid: int) -> None:
    deadline_s = time.monotonic() + 10
    while child._is_server(pid):
        assert time.monotonic() < deadline_s, f"process {pid} is still there"
        time.sleep(0.02)


def test_it_is_started_once_found_again_and_stopped(project: Path) -> None:
    assert daemon.status(project) is None
    assert daemon.stop(project) is False
    endpoint = daemon.start(project)
    assert daemon.start(project) == daemon.status(project) == endpoint
    assert endpoint.url.startswith("http://127.0.0.1:")
    assert stat.S_IMODE(state_file(project).stat().st_mode) == 0o600
    state = read_state(state_file(project))
    assert state is not None
    assert state.work_folder.is_dir()
    assert daemon.stop(project) is True
    assert daemon.status(project) is None
    assert not state.work_folder.exists()
    assert not state_file(project).exists()
    wait_until_gone(endpoint.pid)


def test_two_starts_at_the_same_time_start_one(project: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(daemon.start, [project, project])
    assert first == second


def test_a_reset_is_another_process_at_the_same_address(project: Path) -> None:
    first = daemon.start(project)
    second = daemon.reset(project)
    assert second.url == first.url
    assert second.pid != first.pid
    assert second.access_key_id != first.access_key_id
    wait_until_gone(first.pid)


def test_another_way_to_treat_roles_is_refused_while_it_runs(project: Path) -> None:
    daemon.start(project, iam=False)
    with pytest.raises(LocalError, match="runs with iam=False"):
        daemon.start(project, iam=True)


def test_one_that_was_killed_is_replaced(project: Path) -> None:
    first = daemon.start(project)
    state = read_state(state_file(project))
    assert state is not None
    os.kill(first.pid, signal.SIGKILL)
    wait_until_gone(first.pid)
    assert daemon.status(project) is None
    assert daemon.start(project).pid != first.pid
    assert not state.work_folder.exists()


def test_one_of_another_version_is_replaced_and_it_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = daemon.start(project)
    monkeypatch.setattr(daemon, "_fingerprint", lambda: "newer")
    reports: list[str] = []
    second = daemon.start(project, report=lambda text, **_fields: reports.append(text))
    assert second.pid != first.pid
    assert reports == [
        "The local AWS was started by another version of Sparta: restarting it, empty"
    ]
    wait_until_gone(first.pid)


def test_an_answer_from_another_instance_is_not_taken_for_ours(project: Path) -> None:
    first = daemon.start(project)
    document = json.loads(state_file(project).read_text("utf-8"))
    document["fingerprint"] = "older"
    state_file(project).write_text(json.dumps(document), "utf-8")
    assert daemon.status(project) is None
    assert daemon.start(project).pid != first.pid
    wait_until_gone(first.pid)


def test_it_ends_by_itself_when_its_project_is_removed(project: Path) -> None:
    endpoint = daemon.start(project)
    shutil.rmtree(project / ".sparta")
    wait_until_gone(endpoint.pid)


def test_a_foreign_process_of_the_same_number_is_left_alone(project: Path) -> None:
    endpoint = daemon.start(project)
    document = json.loads(state_file(project).read_text("utf-8"))
    document["endpoint"]["pid"] = os.getpid()
    state_file(project).write_text(json.dumps(document), "utf-8")
    assert daemon.stop(project) is False
    wait_until_gone(endpoint.pid)  # it saw that the file is no longer its own


def test_one_that_cannot_start_says_why(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launch = project / "launch.py"
    launch.write_text("import sys; sys.exit('no such luck')", "utf-8")
    monkeypatch.setattr(child, "LAUNCH", launch)
    with pytest.raises(LocalError, match="did not start: no such luck"):
        daemon.start(project)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://abc1.execute-api.us-east-1.amazonaws.com", ""),
        ("https://abc1.execute-api.eu-west-1.amazonaws.com/orders?x=1", "/orders?x=1"),
        ("http://abc1.execute-api.localhost:4566/orders", "/orders"),
    ],
)
def test_the_url_of_an_api_is_reachable_by_path(url: str, path: str) -> None:
    endpoint = Endpoint("http://127.0.0.1:9", "k", "s", "b", 1, Path("log"))
    assert endpoint.reachable(url) == f"http://127.0.0.1:9/_aws/execute-api/abc1/$default{path}"
    assert endpoint.reachable("https://example.com/abc1") == "https://example.com/abc1"
