"""Hundreds of thousands of events through one process, and the memory it has afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = 200_000
WARM = 20_000
LEAK_EVENTS = 60_000
GROWTH_LIMIT_KB = 4_096
HANDLER = """
KEPT = []
LEAKS = {leaks}
def handler(event, context):
    if LEAKS:
        KEPT.append(event)
    return {{"statusCode": 200, "body": event["path"], "items": event["items"]}}
"""
SERVE = "import sys; sys.path[:0] = ['.', {root!r}]; import _sparta; _sparta.run(sys.argv)"


@pytest.fixture(scope="module")
def runtime_api(cargo: Callable[..., None], project_root: Path) -> Path:
    """Build the compiled stand-in of the Runtime API."""
    cargo("build", "--quiet", "--locked", "--release", "-p", "sparta-core", "--examples")
    return project_root / "target" / "release" / "examples" / "runtime_api"


def resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1])


def grown_kb(api: Path, library: Path, folder: Path, python: str, events: int) -> int:
    """Serve so many events and return by how much memory grew after the first tenth of them."""
    (folder / "_sparta.abi3.so").symlink_to(library)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([str(api), str(events), str(WARM)], **pipes) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        port = server.stdout.readline().strip()
        environment = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}",
            "_HANDLER": "soak.handler",
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
            "AWS_LAMBDA_FUNCTION_NAME": "soak",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "LAMBDA_TASK_ROOT": str(folder),
            "PATH": os.environ["PATH"],
        }
        serve = SERVE.format(root=str(Path(__file__).parents[2] / "python"))
        with subprocess.Popen(
            [python, "-IS", "-c", serve, "soak.handler"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as function:
            try:
                sizes = []
                for word in ("warm", "done"):
                    assert server.stdout.readline().strip() == word
                    sizes.append(resident_kb(function.pid))
                    server.stdin.write("\n")
                    server.stdin.flush()
            finally:
                function.kill()
                server.kill()
    return sizes[1] - sizes[0]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("leaks", [False, True])
def test_memory_does_not_grow(
    runtime_api: Path, native_library: Path, tmp_path: Path, leaks: bool
) -> None:
    (tmp_path / "soak.py").write_text(HANDLER.format(leaks=leaks), encoding="utf-8")
    events = LEAK_EVENTS if leaks else EVENTS
    grown = grown_kb(runtime_api, native_library, tmp_path, sys.executable, events)
    # The handler that keeps its events proves that growth would be seen.
    assert (grown > GROWTH_LIMIT_KB) is leaks, f"{grown} kB"


OVER_THE_ABI = """
KEPT = []
def serves(event, context):
    if event == "fails":
        raise ValueError(event)
    return b"bytes" if event == "bytes" else event
def keeps(event, context):
    KEPT.append([event] * 10)
    return serves(event, context)
"""


@pytest.fixture
def soak(
    embed: Callable[..., Any], one_interpreter: Path, native_library: Path, tmp_path: Path
) -> Callable[[str, str, int], tuple[int, int]]:
    """Return what invokes a function so often, and gives the kB grown and the buffers left."""
    (tmp_path / "soak.py").write_text(OVER_THE_ABI, encoding="utf-8")
    source = Path(__file__).with_name("soak.c")
    run = embed(source, one_interpreter, native_library, tmp_path, "-O1")

    def served(function: str, what: str, events: int) -> tuple[int, int]:
        ended = run(str(tmp_path), str(events), str(WARM), function, what)
        assert ended.returncode == 0, ended.stderr[-2_000:]
        grown, live_buffers = map(int, ended.stdout.split())
        return grown, live_buffers

    return served


@pytest.mark.timeout(300)
def test_memory_does_not_grow_by_the_c_abi(soak: Callable[..., tuple[int, int]]) -> None:
    grown, live_buffers = soak("soak.serves", "free", EVENTS)
    assert grown < GROWTH_LIMIT_KB
    assert live_buffers == 0


@pytest.mark.timeout(300)
def test_what_a_function_keeps_would_be_seen(soak: Callable[..., tuple[int, int]]) -> None:
    grown, live_buffers = soak("soak.keeps", "free", LEAK_EVENTS)
    assert grown > GROWTH_LIMIT_KB
    assert live_buffers == 0


@pytest.mark.timeout(300)
def test_what_a_caller_does_not_free_would_be_seen(soak: Callable[..., tuple[int, int]]) -> None:
    grown, live_buffers = soak("soak.serves", "keep", LEAK_EVENTS)
    assert grown > GROWTH_LIMIT_KB
    assert live_buffers == LEAK_EVENTS
