"""The runtimes that the vectors are run on, each a real process behind a Runtime API."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from sparta.local.runtime_api import RuntimeApi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.local.runtime_api import Invocation, Outcome

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = ROOT / "python" / "sparta" / "_sparta.abi3.so"
SHIMS = tuple(file.name for file in (ROOT / "shim").glob("*.py"))
MODULES = (
    "handlers.py",
    "outcomes.py",
    "streams.py",
    "http_handlers.py",
    "coroutines.py",
    "extended.py",
    "wrong_answers.py",
)
"""Where the vectors' handlers are."""
MINORS = ("3.11", "3.12", "3.13")
READY_TIMEOUT_S = 20.0
EXIT_TIMEOUT_S = 10.0
SERVE = "import sys; sys.path[:0] = sys.argv[1:3]; import _sparta; _sparta.run(sys.argv)"
INDEX = """
from sparta.runtime.index import resolve
ENTRIES = {entries!r}
def __getattr__(name):
    return resolve(ENTRIES, name)
"""
PYTHON_OF_AWS = "AWS_Lambda_python3.12"
"""What makes AWS's client write characters outside of ASCII as they are; so does the core."""


@dataclass(frozen=True)
class Runtime:
    """One way to run a handler.

    Args:
        name: "pure", or a door ("native" is the bootstrap) and the minor version.
        command: The interpreter, and what it runs; the task's folder is its working directory.
        module: What the handler setting names in place of "index".
        missing: Why it cannot be used on this machine; empty when it can.
    """

    name: str
    command: tuple[str, ...]
    missing: str = ""
    module: str = "index"

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what its differences stand under, the most special first."""
        kind = self.name.partition(" ")[0]
        return (kind,) if kind in {"pure", "native"} else (kind, "native")

    def setting(self, handler: str) -> str:
        """Return the handler setting for what would be `handler` under AWS's client."""
        module, dot, name = handler.rpartition(".")
        return f"{self.module}{dot}{name}" if module == "index" else handler


@dataclass(frozen=True)
class Application:
    """What one process is for.

    Args:
        function: A name in handlers.py, or `module.name`; deployed as `index.entry`.
        handler: Lambda's handler setting.
        files: Names and texts of files beside those that are always there.
        variables: Names and values of environment variables beside Lambda's.
    """

    function: str
    handler: str = "index.entry"
    files: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


class Environment:
    """One process that serves the events of one handler."""

    def __init__(self, runtime: Runtime, application: Application, task: Path) -> None:
        self._stack = ExitStack()
        self._log = self._stack.enter_context((task / "log").open("w+b"))
        self.api = self._stack.enter_context(RuntimeApi())
        handler = runtime.setting(application.handler)
        environment = {
            "AWS_LAMBDA_RUNTIME_API": self.api.address,
            "_HANDLER": handler,
            "LAMBDA_TASK_ROOT": str(task),
            "AWS_EXECUTION_ENV": PYTHON_OF_AWS,
            "AWS_LAMBDA_FUNCTION_NAME": "conformance",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/conformance",
            "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0",
            "PYTHONPATH": str(ROOT / "python"),
            "PATH": os.environ["PATH"],
            **dict(application.variables),
        }
        self.process = subprocess.Popen(
            [*runtime.command, handler],
            cwd=task,
            env=environment,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._stack.callback(self._end)
        self.api.watch(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def invoke(self, invocation: Invocation) -> tuple[Outcome, str]:
        """Return what becomes of an event, and what the process wrote meanwhile."""
        self.api.wait_ready(READY_TIMEOUT_S)
        self._log.seek(0, os.SEEK_END)
        before = self._log.tell()
        outcome = self.api.invoke(invocation)
        if outcome.kind in {"init_error", "exit"}:
            self.ended()
            before = 0  # it all belongs to what went wrong
        self._log.seek(before)
        return outcome, self._log.read().decode("utf-8", "replace")

    def ended(self) -> None:
        """Wait until the process has ended by itself."""
        self.process.wait(EXIT_TIMEOUT_S)

    def _end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(EXIT_TIMEOUT_S)


class Environments:
    """Keeps each runtime's last process, for the next vector of the same application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._kept: dict[str, tuple[Application, Environment]] = {}

    def of(self, runtime: Runtime, application: Application) -> Environment:
        """Return a process that serves `application` and is still alive."""
        kept, process = self._kept.get(runtime.name, (None, None))
        if process is None or kept != application or process.process.poll() is not None:
            if process is not None:
                process.__exit__()
            self._count += 1
            task = self._task(self._folder / str(self._count), application)
            process = Environment(runtime, application, task)
            self._kept[runtime.name] = (application, process)
        return process

    def close(self) -> None:
        """End the processes."""
        for _, process in self._kept.values():
            process.__exit__()
        self._kept.clear()

    def _task(self, task: Path, application: Application) -> Path:
        """Lay out what an archive holds: the index, the application, the core."""
        task.mkdir()
        for name in MODULES:
            (task / name).symlink_to(HERE / name)
        if LIBRARY.is_file():
            (task / "_sparta.abi3.so").symlink_to(LIBRARY)
        for name in SHIMS:
            (task / name).symlink_to(ROOT / "shim" / name)
        module, _, attribute = application.function.rpartition(".")
        entries = {"entry": (module or "handlers", (attribute,))}
        (task / "index.py").write_text(INDEX.format(entries=entries))
        for name, text in application.files:
            (task / name).write_text(text)
        return task


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environments]:
    """Give the processes of this session, and leave none behind."""
    kept = Environments(tmp_path_factory.mktemp("conformance"))
    yield kept
    kept.close()


NO_LIBRARY = "" if LIBRARY.is_file() else "the native library is not built: make core"


def _within_aws_client(door: str, minor: str) -> Runtime:
    """Return what AWS's client serves (`pure`), or a door that it opens, for one Python."""
    from sparta.local.managed_runtime import managed_runtime
    from sparta.package.interpreters import find

    name = f"{door} {minor}"
    if find(minor) is None:
        return Runtime(name, (), f"no CPython {minor} on this machine")
    interpreter = str(managed_runtime(f"python{minor}").interpreter)
    command = (interpreter, "-m", "awslambdaric")
    if door == "pure":
        return Runtime(name, command)
    return Runtime(name, command, NO_LIBRARY, f"_sparta_{door}")


def _handler_door() -> Runtime:
    """Return the door that needs `_cffi_backend`, for the Python that has it: this one."""
    minor = f"{sys.version_info[0]}.{sys.version_info[1]}"
    command = (sys.executable, "-m", "awslambdaric")
    return Runtime(f"handler {minor}", command, NO_LIBRARY, "_sparta_handler")


def _native(minor: str) -> Runtime:
    from sparta.package.interpreters import find

    interpreter = find(minor)
    missing = NO_LIBRARY
    if interpreter is None:
        missing = f"no CPython {minor} on this machine"
    paths = (".", str(ROOT / "python"))
    return Runtime(f"native {minor}", (str(interpreter), "-IS", "-c", SERVE, *paths), missing)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that asks for a runtime on all of them."""
    if "runtime" in metafunc.fixturenames:
        runtimes = [
            *(_within_aws_client("pure", minor) for minor in MINORS),
            *(_native(minor) for minor in MINORS),
            *(_within_aws_client("takeover", minor) for minor in MINORS),
            _handler_door(),
        ]
        metafunc.parametrize("runtime", runtimes, ids=[runtime.name for runtime in runtimes])


@pytest.fixture(scope="session")
def application() -> type[Application]:
    """Return the class of what a process is for; test modules cannot import this file."""
    return Application
