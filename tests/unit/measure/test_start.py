"""Each test starts a runtime of a few lines under a Runtime API of its own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sparta.measure import cgroup
from sparta.measure.regime import E1, FULL, Regime
from sparta.measure.start import measure
from sparta.measure.subject import MeasureError, Subject

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.local.invocation import Outcome

REASON = cgroup.unavailable()
REGIMES = [FULL, pytest.param(E1, marks=pytest.mark.skipif(REASON is not None, reason=str(REASON)))]
RUNTIME = """
import http.client, os, subprocess, sys, time
waiting = [sys.executable, "-ISc", "import posix; posix.read(0, 1)"]
child = subprocess.Popen(waiting, stdin=subprocess.PIPE)
while time.process_time() < 0.05: pass
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    answer = api.getresponse()
    event, request_id = answer.read(), answer.getheader("Lambda-Runtime-Aws-Request-Id")
    before = time.process_time()
    while time.process_time() < before + 0.002: pass
    api.request("POST", base + request_id + "/response", event)
    api.getresponse().read()
"""
UNABLE = """
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
api.request("POST", "/2018-06-01/runtime/init/error", b"no table")
api.getresponse().read()
"""


def subject(folder: Path, code: str, *, serves: bool = True) -> Subject:
    return Subject("tiny", [sys.executable, "-ISc", code], {}, folder, serves)


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_a_start_is_measured_with_its_children(tmp_path: Path, regime: Regime) -> None:
    sample = measure(subject(tmp_path, RUNTIME), b"{}", warm_events=4, regime=regime)

    assert sample.init_cpu_ms > 50
    assert sample.init_wall_ms > 50
    assert sample.first_cpu_ms is not None
    assert sample.first_cpu_ms >= 2
    assert sample.warm_cpu_ms is not None
    assert 2 <= sample.warm_cpu_ms < 20
    assert sample.warm_wall_mean_ms is not None
    assert sample.warm_wall_p99_ms is not None
    assert sample.warm_wall_p99_ms >= sample.warm_wall_mean_ms
    if regime is E1:  # each event takes more CPU than the 1.44 ms that 20 ms have
        assert sample.warm_wall_mean_ms > 15
    assert sample.peak_mib is not None
    assert sample.peak_mib > 15, "two interpreters"


def test_without_a_cgroup_the_clocks_of_the_processes_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cgroup, "unavailable", lambda: "not here")
    monkeypatch.setattr(cgroup, "group", lambda: pytest.fail("a group was made"))
    sample = measure(subject(tmp_path, RUNTIME), b"{}", warm_events=4, regime=FULL)

    assert sample.init_cpu_ms > 50
    assert sample.warm_cpu_ms is not None
    assert 2 <= sample.warm_cpu_ms < 20
    assert sample.peak_mib is not None
    assert sample.peak_mib > 15, "two interpreters"


def test_one_that_serves_nothing_is_measured_to_its_end(tmp_path: Path) -> None:
    sample = measure(subject(tmp_path, "pass", serves=False), b"", warm_events=1, regime=FULL)

    assert 1 < sample.init_cpu_ms < 1000
    assert sample.first_cpu_ms is None
    assert sample.peak_mib is not None
    assert sample.peak_mib > 5


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise SystemExit('no configuration')", "exit status 1"),
        ("raise SystemExit('no configuration')", "no configuration"),
        (UNABLE, "no first /next: init_error: no table"),
        (RUNTIME.replace("/response", "/error"), "error: {}"),
        (RUNTIME.replace("api.getresponse().read()", "raise SystemExit('tired')"), "tired"),
    ],
    ids=["no start", "its last words", "an error of init", "an error", "its end"],
)
def test_what_went_wrong_is_said_with_its_last_words(tmp_path: Path, code: str, said: str) -> None:
    with pytest.raises(MeasureError) as caught:
        measure(subject(tmp_path, code), b"{}", warm_events=1, regime=FULL)
    assert said in str(caught.value)
    assert str(caught.value).startswith("tiny: ")


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    absent = Subject("tiny", [str(tmp_path / "absent")], {}, tmp_path)
    with pytest.raises(MeasureError, match="absent"):
        measure(absent, b"{}", warm_events=1, regime=FULL)


def test_a_wrong_answer_is_an_error(tmp_path: Path) -> None:
    def refuse(outcome: Outcome) -> None:
        assert outcome.body == b"expected"

    with pytest.raises(MeasureError, match="wrong answer"):
        measure(subject(tmp_path, RUNTIME), b"{}", warm_events=1, regime=FULL, check=refuse)
