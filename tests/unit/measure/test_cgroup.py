from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.measure import cgroup, hierarchy, processes
from sparta.measure.hierarchy import Hierarchy
from sparta.measure.regime import E1, E2, FULL, on_demand, share_of

if TYPE_CHECKING:
    from collections.abc import Iterator

REASON = cgroup.unavailable()
with_groups = pytest.mark.skipif(REASON is not None, reason=str(REASON))
SPIN = "import time; print(flush=True)\nwhile time.process_time() < 60: pass"


@pytest.fixture
def where() -> Hierarchy:
    return hierarchy.find()


@pytest.fixture
def spinning() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-ISc", SPIN], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def enter(group: cgroup.Group, pid: int) -> None:
    for file in group.entrances:
        file.write_text(f"{pid}", "ascii")


def groups(where: Hierarchy) -> list[Path]:
    return [
        path for folder in where.folders for path in folder.glob(f"{cgroup.PREFIX}{os.getpid()}-*")
    ]


@with_groups
def test_a_group_counts_and_limits_what_is_in_it(
    where: Hierarchy, spinning: subprocess.Popen[bytes]
) -> None:
    with cgroup.group() as group:
        enter(group, spinning.pid)
        assert group.pids() == [spinning.pid]
        group.throttle(0.1)
        before, started = group.cpu_ns(), time.monotonic_ns()
        while group.cpu_ns() - before < 30_000_000:  # 30 ms of CPU take 300 ms
            time.sleep(0.005)
        assert time.monotonic_ns() - started > 200_000_000
        group.throttle(None)
        assert len(groups(where)) == len(where.folders)
    assert groups(where) == []


@with_groups
def test_leaving_ends_what_is_in_it_even_when_it_is_throttled(
    where: Hierarchy, spinning: subprocess.Popen[bytes]
) -> None:
    def leave_by_interruption() -> None:
        with cgroup.group() as group:
            enter(group, spinning.pid)
            group.throttle(0.072)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        leave_by_interruption()
    assert spinning.wait(10) == -9
    assert groups(where) == []


@with_groups
def test_what_a_killed_run_left_is_removed_and_a_living_one_is_kept(where: Hierarchy) -> None:
    killed = (
        "import os, subprocess, sys\n"
        "from sparta.measure import cgroup\n"
        "group = cgroup.group().__enter__()\n"
        "group.throttle(0.072)\n"
        f"spin = [sys.executable, '-ISc', {SPIN!r}]\n"
        "silent = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}\n"
        "child = subprocess.Popen(spin, **silent)\n"
        "for file in group.entrances: file.write_text(str(child.pid))\n"
        "print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", killed], capture_output=True, check=False)
    assert run.returncode == -9, run.stderr
    child = int(run.stdout)
    assert processes.started_at(child)

    with cgroup.group() as living:
        removed = cgroup.remove_left_overs(where)
        assert living.entrances[0].exists()
    assert removed
    assert not any(folder.exists() for folder in removed)
    assert processes.stat(child)[:1] in ([], ["Z"])


def test_a_process_that_has_ended_is_gone_though_nobody_waited_for_it(
    spinning: subprocess.Popen[bytes],
) -> None:
    assert processes.started_at(spinning.pid)
    os.kill(spinning.pid, 9)
    os.waitid(os.P_PID, spinning.pid, os.WEXITED | os.WNOWAIT)
    assert processes.stat(spinning.pid)
    assert processes.started_at(spinning.pid) == ""


def test_version_2_is_written_and_read_as_the_kernel_has_it(tmp_path: Path) -> None:
    with cgroup.Group(Hierarchy(2, tmp_path, tmp_path)) as group:
        (folder,) = tmp_path.iterdir()
        (folder / "cpu.stat").write_text("usage_usec 1234\nuser_usec 1000\n", "ascii")
        assert group.cpu_ns() == 1_234_000
        group.throttle(E1.invoke_share)
        assert (folder / "cpu.max").read_text("ascii") == "1440 20000"
        group.throttle(None)
        assert (folder / "cpu.max").read_text("ascii") == "max 20000"
        for file in folder.iterdir():  # the kernel's folders are empty to rmdir
            file.unlink()


def test_where_nothing_can_be_made_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    cgroup._hierarchy.cache_clear()
    monkeypatch.setattr(hierarchy, "_mounts", list)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    try:
        reason = cgroup.unavailable()
        assert reason is not None
        assert "only root" in reason
        assert reason in cgroup.cpu_source()
        with pytest.raises(Exception, match="only root"):
            cgroup.group()
    finally:
        cgroup._hierarchy.cache_clear()


def test_regimes_are_shares_of_one_core() -> None:
    assert (FULL.throttles, E1.throttles, E2.throttles) == (False, True, True)
    assert (E1.init_share, E1.invoke_share) == (None, 0.072)
    assert (E2.init_share, E2.invoke_share) == (0.072, 0.072)
    assert [share_of(size) for size in (128, 512, 1024, 1769, 3008)] == [0.072, 0.289, 0.579, 1, 1]
    assert on_demand(1024).name == "E1 1,024 MB"


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs root and unshare"
)
@with_groups
def test_a_controller_that_is_not_mounted_is_mounted_and_unmounted(where: Hierarchy) -> None:
    if where.version != 1:
        pytest.skip("the CPU controller is version 2's here")
    code = (
        "from sparta.measure import cgroup\n"
        "with cgroup.group() as group:\n"
        "    group.throttle(0.5)\n"
        "    print(*group.entrances, sep='\\n')\n"
    )
    hidden = " ".join(str(folder) for folder in where.folders)
    script = f'umount {hidden}; "$0" -c "$1"; grep {hierarchy.MOUNTED_BY_US} /proc/self/mounts'
    command = ["unshare", "-m", "sh", "-c", script, sys.executable, code]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1, "grep finds nothing: it is not mounted any more"
    assert run.stderr == ""
    files = [Path(line) for line in run.stdout.splitlines()]
    assert len(files) == 2
    assert not any(file.parents[1].exists() for file in files)
