"""One function's process, by AWS's own client or by the native core, and all that it writes."""

from __future__ import annotations

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
    from collections.abc import Iterator

    from sparta.local.runtime_api import Outcome

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = ROOT / "python" / "sparta" / "_sparta.abi3.so"
LIMIT_S = 20.0
PATHS = (".", str(ROOT / "python"), next(path for path in sys.path if "site-packages" in path))
SERVE = f"import sys; sys.path[:0] = {PATHS}; import _sparta; _sparta.run(sys.argv)"
COMMANDS = {
    "aws": (sys.executable, "-m", "awslambdaric"),
    "native": (sys.executable, "-IS", "-c", SERVE),
}
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")
INDEX = """
from sparta.runtime.index import resolve
BUILD_ID = "5eed"
def __getattr__(name):
    return resolve({"entry": ("app", ("handler",))}, name)
"""


def timeless(log: bytes) -> bytes:
    """Return a log with every time replaced, of the same form."""
    return TIME.sub(lambda found: b"T" * len(found[0]), log)


class Started:
    """One process.

    Args:
        task: Its task root; the application is there.
        runtime: "aws" or "native".
        variables: Environment variables beside Lambda's.
        framed: Whether it is offered a file descriptor for its log.
        snap_start: Whether it is started for a snapshot.
        handler: Lambda's handler setting.
    """

    def __init__(
        self,
        task: Path,
        runtime: str,
        variables: dict[str, str],
        *,
        framed: bool,
        snap_start: bool,
        handler: str,
    ) -> None:
        self.api = RuntimeApi(snap_start=snap_start)
        self._output, self._frames = task / f"{runtime}.log", task / f"{runtime}.frames"
        environment = {
            "AWS_LAMBDA_RUNTIME_API": self.api.address,
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
            "AWS_LAMBDA_FUNCTION_NAME": "Shop_orders",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "python"),
            "_HANDLER": handler,
            **({"AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start"} if snap_start else {}),
            **variables,
        }
        with self._output.open("wb") as log, self._frames.open("wb") as file:
            if framed:
                environment["_LAMBDA_TELEMETRY_LOG_FD"] = str(file.fileno())
            self.process = subprocess.Popen(
                [*COMMANDS[runtime], handler],
                cwd=task,
                env=environment,
                stdout=log,
                stderr=log,
                pass_fds=(file.fileno(),),
            )
        self.api.watch(self.process)

    def invoke(self, event: bytes = b"null", **values: Any) -> Outcome:
        """Return what becomes of one event."""
        self.api.wait_ready(LIMIT_S)
        return self.api.invoke(Invocation(event, **values))

    @property
    def output(self) -> bytes:
        """What it wrote to standard output and standard error."""
        return self._output.read_bytes()

    @property
    def frames(self) -> list[tuple[int, bytes]]:
        """Type and message of each frame it wrote."""
        content, found = self._frames.read_bytes(), []
        while content:
            kind, length, microseconds = struct.unpack(">IIQ", content[:16])
            assert 1_700_000_000_000_000 < microseconds < 10_000_000_000_000_000
            found.append((kind, content[16 : 16 + length]))
            content = content[16 + length :]
        return found

    def close(self) -> None:
        """End the process and its Runtime API."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(LIMIT_S)
        self.api.close()


class Starter:
    """Starts processes of functions that are given as text.

    Args:
        folder: Where their task roots go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[Started] = []

    def __call__(
        self,
        runtime: str,
        source: str,
        variables: dict[str, str] | None = None,
        *,
        framed: bool = False,
        snap_start: bool = False,
        handler: str = "app.handler",
    ) -> Started:
        """Start a function whose module `app` has this source."""
        # Of the same name for each runtime: it stands in stack traces.
        task = self._folder / "task"
        task.mkdir(exist_ok=True)
        (task / "app.py").write_text(source, encoding="utf-8")
        (task / "index.py").write_text(INDEX)
        if runtime == "native" and not (task / "_sparta.abi3.so").exists():
            (task / "_sparta.abi3.so").symlink_to(LIBRARY)
        function = Started(
            task,
            runtime,
            variables or {},
            framed=framed,
            snap_start=snap_start,
            handler=handler,
        )
        self._started.append(function)
        return function

    def close(self) -> None:
        """End every process."""
        for function in self._started:
            function.close()


@pytest.fixture
def start(tmp_path: Path, native_library: Path) -> Iterator[Starter]:
    """Return what starts functions."""
    assert native_library == LIBRARY
    starter = Starter(tmp_path)
    yield starter
    starter.close()


@pytest.fixture(params=["aws", "native"])
def client(request: pytest.FixtureRequest) -> str:
    """Return each runtime in turn: AWS's client with the pure runtime, and the native core."""
    return str(request.param)


@pytest.fixture(name="timeless")
def timeless_text() -> Any:
    """Return the function that takes times out of a log; test modules cannot import this file."""
    return timeless
