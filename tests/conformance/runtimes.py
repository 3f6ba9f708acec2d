"""What the vectors are run on: each runtime, and how a function is started on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.conformance import archives

from sparta.local.command import command
from sparta.local.configuration import FunctionConfiguration
from sparta.local.managed_runtime import MINORS, managed_runtime, running_minor
from sparta.local.variables import variables
from sparta.package.interpreters import find

if TYPE_CHECKING:
    from sparta.app.door import Door

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = ROOT / "python" / "sparta" / "_sparta.abi3.so"
DOORS: dict[str, tuple[Door, str]] = {
    "pure": ("bootstrap", "index"),
    "bootstrap": ("bootstrap", "index"),
    "takeover": ("takeover", "_sparta_takeover"),
    "handler": ("handler", "_sparta_handler"),
    "abi": ("bootstrap", "index"),
}
"""Which archive each kind of runtime starts from, and the module of its handler setting."""
Kind = Literal["pure", "module", "bootstrap", "takeover", "handler", "abi"]
KINDS: dict[Kind, tuple[str, ...]] = {
    "pure": ("pure", "whole"),
    "module": ("native",),
    "bootstrap": ("native",),
    "takeover": ("takeover", "native"),
    "handler": ("handler", "whole", "native"),
    "abi": ("abi", "whole", "native"),
}
"""What its differences stand under, the most special first."""
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
class Application:
    """What one process is for.

    Args:
        function: A name in handlers.py, or `module.name`; deployed as an entry of the index.
        handler: Lambda's handler setting; `index.entry` is that of the function.
        files: Names and texts of files beside those that are always there.
        variables: Names and values of environment variables beside Lambda's.
    """

    function: str
    handler: str = "index.entry"
    files: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Runtime:
    """One way to run a handler.

    Args:
        kind: `pure` is AWS's client, `module` the native core as the working tree has it, `abi` a
            C program that embeds Python; the others are the doors.
        minor: Of its Python.
    """

    kind: Kind
    minor: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.minor}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What its differences stand under."""
        return KINDS[self.kind]

    @property
    def missing(self) -> str:
        """Why it cannot be used on this machine; empty when it can."""
        if find(self.minor) is None:
            return f"no CPython {self.minor} on this machine"
        return "" if LIBRARY.is_file() else "the native library is not built: make core"

    def setting(self, application: Application) -> str:
        """Return Lambda's handler setting."""
        module, dot, name = application.handler.rpartition(".")
        if module != "index":
            return application.handler
        if name == "entry":
            name = archives.entry_name(application.function)
        return f"{DOORS[self.kind][1] if self.kind != 'module' else module}{dot}{name}"


def all_runtimes() -> list[Runtime]:
    """Return every runtime; the working tree's module is that of this Python."""
    found = [Runtime(kind, minor) for minor in MINORS for kind in KINDS if kind != "module"]
    return [Runtime("module", running_minor()), *found]


@dataclass(frozen=True)
class Start:
    """How a process is started: its folder, its arguments and its environment."""

    task: Path
    arguments: list[str]
    environment: dict[str, str]


def start_of(runtime: Runtime, application: Application, task: Path, runtime_api: str) -> Start:
    """Return how `application` is started in `task` on a runtime that AWS could have started."""
    handler = runtime.setting(application)
    wrapper = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"}
    configuration = FunctionConfiguration(
        handler,
        f"python{runtime.minor}",
        function_name="conformance",
        environment=wrapper if runtime.kind == "bootstrap" else {},
    )
    managed = managed_runtime(configuration.runtime)
    environment = variables(
        configuration, task, managed, runtime_api=runtime_api, credentials={}
    ) | {
        "AWS_EXECUTION_ENV": PYTHON_OF_AWS,
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0",
        **dict(application.variables),
    }
    if runtime.kind == "module":
        interpreter = str(managed.interpreter)
        arguments = [interpreter, "-IS", "-c", SERVE, ".", str(ROOT / "python"), handler]
    else:
        arguments = command(environment, managed)
    return Start(task, arguments, environment)


def task_of(runtime: Runtime, application: Application, folder: Path, number: int) -> Path:
    """Return the task root: of the archive, or of the working tree for the module."""
    own = folder / str(number)
    if runtime.kind == "module":
        return _tree(application, own)
    task = archives.unpacked(folder, DOORS[runtime.kind][0], runtime.minor)
    return archives.overlaid(task, application.files, own) if application.files else task


def _tree(application: Application, task: Path) -> Path:
    """Lay out what an archive holds, as links to the working tree."""
    task.mkdir()
    for name in archives.MODULES:
        (task / name).symlink_to(HERE / name)
    (task / LIBRARY.name).symlink_to(LIBRARY)
    entry = archives.place(application.function)
    name = archives.entry_name(application.function)
    (task / "index.py").write_text(INDEX.format(entries={name: (entry.module, entry.path)}))
    for name, text in application.files:
        (task / name).write_text(text)
    return task
