"""AWS's own client and the bootstrap door, side by side: one task root, one set of events.

Each side is a process as Lambda would start it (the same variables, the archive's layout) behind a
Runtime API of its own. What they posted and wrote is compared byte for byte, but for what
`intended.json` lists.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Self

import pytest
from tests.golden_client.intended import INTENDED, LAST, NEVER_COMPARED, XRAY

from sparta.local.command import command
from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation, Outcome
from sparta.local.managed_runtime import managed_runtime
from sparta.local.runtime_api import RuntimeApi
from sparta.local.variables import variables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparta.local.managed_runtime import ManagedRuntime

READY_TIMEOUT_S = 30.0
EXIT_TIMEOUT_S = 20.0
TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")

FIXED = {
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
    "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
    "PYTHONDONTWRITEBYTECODE": "1",
}

Name = Literal["aws", "core", "takeover", "handler", "alone"]


@dataclass(frozen=True)
class Seen:
    """What one side did with all the events.

    Args:
        outcomes: One for each event.
        stdout: Everything written there, times blotted out.
        stderr: As stdout.
        status: How the process ended by itself; None when it had not.
        frames: What it wrote to the telemetry descriptor.
    """

    outcomes: list[Outcome]
    stdout: bytes
    stderr: bytes
    status: int | None
    frames: bytes = b""

    @property
    def body(self) -> bytes:
        """The body of the only outcome."""
        (outcome,) = self.outcomes
        return outcome.body

    def body_of(self, index: int) -> bytes:
        """The body of one outcome."""
        return self.outcomes[index].body

    @property
    def values(self) -> list[Any]:
        """The bodies, decoded."""
        return [json.loads(outcome.body) for outcome in self.outcomes]

    @property
    def kinds(self) -> list[str]:
        return [outcome.kind for outcome in self.outcomes]


class Side:
    """One process, its Runtime API and its output."""

    def __init__(self, arguments: list[str], environment: dict[str, str], task: Path) -> None:
        self._stack = ExitStack()
        snap_start = environment["AWS_LAMBDA_INITIALIZATION_TYPE"] == "snap-start"
        self.api = self._stack.enter_context(RuntimeApi(snap_start=snap_start))
        self._snap_start = snap_start
        environment = environment | {"AWS_LAMBDA_RUNTIME_API": self.api.address}
        self._files = {}
        for stream in ("stdout", "stderr", "frames"):
            name = f"{stream}.{id(self)}"
            file = (task.parent / name).open("w+b")
            self._files[stream] = self._stack.enter_context(file)
        descriptors = []
        if "_LAMBDA_TELEMETRY_LOG_FD" in environment:
            descriptors = [self._files["frames"].fileno()]
            environment["_LAMBDA_TELEMETRY_LOG_FD"] = str(descriptors[0])
        self.process = subprocess.Popen(
            arguments,
            cwd=task,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._files["stdout"],
            stderr=self._files["stderr"],
            pass_fds=descriptors,
        )
        self._stack.callback(self._end)
        self.api.watch(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(EXIT_TIMEOUT_S)

    def serve(self, events: list[Invocation]) -> Seen:
        """Send every event and gather what came of them."""
        outcomes = []
        if self._snap_start and self.api.wait_snapshot(READY_TIMEOUT_S):
            self.api.restore()
        for event in events:
            self.api.wait_ready(READY_TIMEOUT_S)
            outcomes.append(self.api.invoke(event))
            if outcomes[-1].kind in {"exit", "init_error", "restore_error"}:
                self.process.wait(EXIT_TIMEOUT_S)
                break
            self.api.wait_idle(READY_TIMEOUT_S)
        return Seen(
            outcomes,
            self._read("stdout"),
            self._read("stderr"),
            self.process.poll(),
            self._read("frames"),
        )

    def _read(self, stream: str) -> bytes:
        file = self._files[stream]
        os.fsync(file.fileno())
        file.seek(0)
        content: bytes = file.read()
        return TIME.sub(b"<time>", content) if stream != "frames" else content


@dataclass
class Golden:
    """Runs a function on both sides.

    Args:
        folder: Where task roots go.
        runtime: The interpreter, and AWS's client.
        wrapper: The exec wrapper's text.
        library: The native library.
    """

    folder: Path
    runtime: ManagedRuntime
    wrapper: str
    library: Path
    count: int = 0
    variables: dict[str, str] = field(default_factory=dict)

    def run(
        self,
        source: str,
        *events: bytes | Invocation,
        handler: str = "app.handler",
        files: dict[str, str] | None = None,
        **variables: str,
    ) -> tuple[Seen, Seen]:
        """Return what AWS's client and the core did with these events (one `null` if none)."""
        task = self.task({"app.py": source, **(files or {})})
        invocations = [
            replace(event, request_id=f"request-{number}")
            if isinstance(event, Invocation)
            else Invocation(event, request_id=f"request-{number}")
            for number, event in enumerate(events or (b"null",))
        ]
        with (
            self.side("aws", task, handler, **variables) as aws,
            self.side("core", task, handler, **variables) as core,
        ):
            return aws.serve(invocations), core.serve(invocations)

    def task(self, files: dict[str, str]) -> Path:
        """Lay out what an archive holds."""
        self.count += 1
        task = self.folder / str(self.count) / "task"
        task.mkdir(parents=True)
        (task / "bootstrap").write_text(self.wrapper)
        (task / "bootstrap").chmod(0o755)
        (task / "_sparta.abi3.so").symlink_to(self.library)
        for name, text in files.items():
            path = task / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return task

    def side(self, name: Name, task: Path, handler: str, **own: str) -> Side:
        """Start one side; `alone` is the core whose wrapper gets no arguments."""
        is_core = name in {"core", "alone"}
        wrapper = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"} if is_core else {}
        configuration = FunctionConfiguration(
            handler, f"python{self.runtime.minor}", function_name="golden", environment=wrapper
        )
        environment = (
            variables(configuration, task, self.runtime, runtime_api="", credentials={}) | FIXED
        )
        arguments = command(environment, self.runtime)
        if name == "alone":  # the wrapper's own arguments end with it
            arguments = arguments[: arguments.index(environment["AWS_LAMBDA_EXEC_WRAPPER"]) + 1]
        else:
            environment.pop("AWS_LAMBDA_EXEC_WRAPPER", None)
        return Side(arguments, environment | self.variables | own, task)

    def same(self, source: str, *events: bytes | Invocation, **settings: Any) -> Seen:
        """Run on both sides, hold that nothing differs, and return what was seen."""
        aws, core = self.run(source, *events, **settings)
        compare(aws, core)
        return aws

    @staticmethod
    def compare(aws: Seen, core: Seen, *, without: tuple[str, ...] = ()) -> None:
        """Hold one side against the other, but for the parts in `without`."""
        compare(aws, core, without)


def compare(aws: Seen, core: Seen, without: tuple[str, ...] = ()) -> None:
    """Hold that both sides did the same: outcomes, output, and how they ended."""
    assert core.kinds == aws.kinds
    for theirs, ours in zip(aws.outcomes, core.outcomes, strict=True):
        INTENDED.note(theirs, ours)
        if "body" not in without:
            assert ours.body[:3000] == theirs.body[:3000]
            assert ours.body == theirs.body
            assert ours.headers.get("content-length") == theirs.headers.get("content-length")
        kept = {*headers_of(ours), *headers_of(theirs)} - set(without)
        assert [headers_of(ours).get(name) for name in sorted(kept)] == [
            headers_of(theirs).get(name) for name in sorted(kept)
        ]
    assert core.status == aws.status
    for part in {"stdout", "stderr"} - set(without):
        assert getattr(core, part) == getattr(aws, part), part


def headers_of(outcome: Outcome) -> dict[str, Any]:
    """Return the headers that are to be the same, the X-Ray cause decoded."""
    found: dict[str, Any] = {
        name: value for name, value in outcome.headers.items() if name not in NEVER_COMPARED
    }
    if outcome.kind == "init_error":
        found.pop("content-type", None)  # INTENDED["init content-type"]
    if XRAY in found:  # INTENDED["xray ascii"]
        cause = json.loads(found[XRAY])
        found[XRAY] = cause | {"paths": sorted(cause["paths"])}  # a set, on AWS's side
    return found


@pytest.fixture(scope="session")
def make_golden(native_library: Path, project_root: Path) -> Callable[[Path, str], Golden]:
    """Return what makes a Golden of a folder and a minor version."""

    def make(folder: Path, minor: str) -> Golden:
        runtime = managed_runtime(f"python{minor}")
        wrapper = (project_root / "shim" / "bootstrap").read_text(encoding="utf-8")
        return Golden(folder, runtime, wrapper.replace("3.X", minor), native_library)

    return make


@pytest.fixture(scope="session")
def golden(
    make_golden: Callable[[Path, str], Golden],
    interpreters: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Golden:
    """Return a Golden for one CPython: 3.12 where there is one, Lambda's most used."""
    minor = "3.12" if "3.12" in interpreters else next(iter(interpreters))
    return make_golden(tmp_path_factory.mktemp("golden"), minor)


@pytest.fixture(scope="session")
def intended() -> dict[str, str]:
    """Return what differs on purpose, and why; a test that meets a difference looks it up."""
    return INTENDED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the test that looks back at what was met after all others."""
    items.sort(key=lambda item: item.name == LAST)
