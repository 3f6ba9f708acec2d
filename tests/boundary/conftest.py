"""A function's process on the native core, as Lambda would start it, and the library in-process."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pytest

from sparta.local.runtime_api import Invocation, Outcome, RuntimeApi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

READY_TIMEOUT_S = 30.0
EXIT_TIMEOUT_S = 10.0


@pytest.fixture(scope="session")
def core(native_library: Path) -> Any:
    """Return the module `_sparta`, loaded into this process."""
    if "_sparta" not in sys.modules:
        loader = ExtensionFileLoader("_sparta", str(native_library))
        spec = spec_from_loader("_sparta", loader)
        assert spec is not None
        module = module_from_spec(spec)
        loader.exec_module(module)
        # Not in sys.modules: the pure codec would take it for the runtime it runs under.
        return module
    return sys.modules["_sparta"]


class Function:
    """One function on the native core, started by the exec wrapper, and its Runtime API.

    Args:
        folder: The task root.
        handler: Lambda's handler setting.
        variables: Environment variables beside Lambda's.
        arguments: What Lambda would have started without the wrapper.
        descriptors: File descriptors it inherits.
    """

    sanitizer: ClassVar[dict[str, str]] = {}
    """Variables that let AddressSanitizer watch the process."""

    def __init__(
        self,
        folder: Path,
        handler: str,
        variables: dict[str, str],
        arguments: tuple[str, ...],
        descriptors: tuple[int, ...] = (),
    ) -> None:
        self.folder = folder
        self.api = RuntimeApi()
        environment = {
            "AWS_LAMBDA_RUNTIME_API": self.api.address,
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
            "AWS_LAMBDA_FUNCTION_NAME": "orders",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/orders",
            "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
            "LAMBDA_TASK_ROOT": str(folder),
            "PATH": os.environ["PATH"],
            "_HANDLER": handler,
            **self.sanitizer,
        } | variables
        self._log = folder.parent / f"{folder.name}.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(folder / "bootstrap"), *arguments],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=descriptors,
            )
        self.api.watch(self.process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and its Runtime API."""
        if self.sanitizer:  # leaks are looked for where a process ends by itself
            self.api.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(EXIT_TIMEOUT_S)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(EXIT_TIMEOUT_S)
        self.api.close()

    def invoke(self, event: bytes = b"null", **values: Any) -> Outcome:
        """Return what becomes of one event."""
        self.api.wait_ready(READY_TIMEOUT_S)
        return self.api.invoke(Invocation(event, **values))

    def exit_status(self) -> int:
        """Wait until the process has ended by itself."""
        return self.process.wait(EXIT_TIMEOUT_S)

    @property
    def log(self) -> str:
        """What it has written so far."""
        return self._log.read_bytes().decode()


class Deployment:
    """Makes functions out of source text, for one interpreter.

    Args:
        folder: Where their task roots go.
        wrapper: The exec wrapper, as it stands in an archive.
        library: The native library.
        sparta: The folder that the package is imported from.
    """

    def __init__(self, folder: Path, wrapper: str, library: Path, sparta: Path) -> None:
        self._folder = folder
        self._wrapper = wrapper
        self._library = library
        self._sparta = sparta
        self._functions: list[Function] = []

    def start(
        self,
        source: str,
        handler: str = "app.handler",
        *,
        files: dict[str, str] | None = None,
        arguments: tuple[str, ...] = ("/bin/false",),
        descriptors: tuple[int, ...] = (),
        **variables: str,
    ) -> Function:
        """Start a function whose module `app` has this source."""
        task = self._folder / f"task{len(self._functions)}"
        task.mkdir()
        (task / "bootstrap").write_text(self._wrapper)
        (task / "bootstrap").chmod(0o755)
        (task / "_sparta.abi3.so").symlink_to(self._library)
        (task / "sparta").symlink_to(self._sparta)
        for name, text in {"app.py": source, **(files or {})}.items():
            (task / name).write_text(text)
        function = Function(task, handler, variables, arguments, descriptors)
        self._functions.append(function)
        return function

    def close(self) -> None:
        """End every process."""
        for function in self._functions:
            function.close()


@cache
def minor_of(interpreter: Path) -> str:
    """Return the minor version of an interpreter, such as "3.12"."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.check_output([interpreter, "-ISc", code], text=True).strip()


@pytest.fixture(scope="session")
def probing_library(project_root: Path, native_library: Path, sanitizer: dict[str, str]) -> Path:
    """Build the library with what panics on request; a watched one has that."""
    if sanitizer:
        return native_library
    cargo = shutil.which("cargo")
    if cargo is None:
        pytest.skip("no cargo on this machine")
    target = project_root / "target" / "probes"
    command = [cargo, "build", "--quiet", "--package", "sparta-library", "--features", "probes"]
    built = subprocess.run(
        [*command, "--locked", "--target-dir", str(target)],
        cwd=project_root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return target / "debug" / "lib_sparta.so"


@pytest.fixture(scope="session")
def wrapper_for(project_root: Path, sanitizer: dict[str, str]) -> Callable[[Path], str]:
    """Return what gives the text of the exec wrapper for an interpreter of this machine.

    A watched Python must read PYTHONMALLOC, which -I forbids: what its own allocator hands out,
    the sanitizer cannot tell apart.
    """
    text = (project_root / "shim" / "bootstrap").read_text(encoding="utf-8")
    _, rest = text.split("\n", 1)
    options = "-sPS" if sanitizer else "-IS"

    def made(interpreter: Path) -> str:
        return f"#!{interpreter} {options}\n{rest.replace('3.X', minor_of(interpreter))}"

    return made


@pytest.fixture(scope="session")
def make_deployment(
    project_root: Path,
    native_library: Path,
    sanitizer: dict[str, str],
    wrapper_for: Callable[[Path], str],
) -> Callable[[Path, Path, Path | None], Deployment]:
    """Return what makes a Deployment: of a folder, an interpreter, and maybe another library."""
    Function.sanitizer = sanitizer

    def make(folder: Path, interpreter: Path, library: Path | None) -> Deployment:
        package = project_root / "python" / "sparta"
        return Deployment(folder, wrapper_for(interpreter), library or native_library, package)

    return make


@pytest.fixture
def deployment(
    make_deployment: Callable[[Path, Path, Path | None], Deployment],
    interpreter: Path,
    tmp_path: Path,
) -> Iterator[Deployment]:
    """Return a Deployment for each supported CPython of this machine in turn."""
    made = make_deployment(tmp_path, interpreter, None)
    yield made
    made.close()


@pytest.fixture
def one_deployment(
    make_deployment: Callable[[Path, Path, Path | None], Deployment],
    one_interpreter: Path,
    tmp_path: Path,
) -> Iterator[Deployment]:
    """Return a Deployment for one CPython: for what does not depend on its version."""
    made = make_deployment(tmp_path, one_interpreter, None)
    yield made
    made.close()
