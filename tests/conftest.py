"""What every test may use, and what none may see: the caller's AWS account."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.boundary.embedding import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sparta.local.daemon import Endpoint

ROOT = Path(__file__).resolve().parent.parent
MINORS = ("3.11", "3.12", "3.13", "3.14")
"""The Pythons that Sparta supports."""
CHOSEN = tuple(os.environ.get("TEST_PYTHONS", " ".join(MINORS)).split())
"""Those that functions of tests run under; TEST_PYTHONS="3.12 3.13" chooses fewer."""
SANITIZER = ("LD_PRELOAD", "ASAN_OPTIONS", "PYTHONMALLOC")
"""What tests/safety sets for the processes of a run that AddressSanitizer watches."""
FOREIGN = ("AWS_", "SPARTA_", "LAMBDA_", "_HANDLER", "_LAMBDA_", "_X_AMZN_")
"""Variables that would change what a test sees, or point it at somebody's account."""

settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=5000, deadline=None)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") == "true" else "dev")
)


def pytest_configure() -> None:
    """Forget the caller's account before any test module is imported."""
    for name in [name for name in os.environ if name.startswith(FOREIGN)]:
        del os.environ[name]
    # What runs on this machine is never behind a proxy; the package registries may be.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"
    # No test may read a profile, nor wait for a machine role's credentials.
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the working tree."""
    return ROOT


@pytest.fixture(scope="session")
def interpreters() -> dict[str, Path]:
    """Return the supported CPythons of this machine, by minor version, the running one included."""
    from sparta.package.interpreters import find

    found = {minor: find(minor) for minor in MINORS}
    return {minor: path for minor, path in found.items() if path is not None}


@pytest.fixture(scope="session", params=CHOSEN)
def interpreter(request: pytest.FixtureRequest, interpreters: dict[str, Path]) -> Path:
    """Return each supported CPython in turn; a test skips for those this machine lacks."""
    minor: str = request.param
    if minor not in interpreters:
        pytest.skip(f"no CPython {minor} on this machine")
    return interpreters[minor]


@pytest.fixture(scope="session")
def one_interpreter(interpreters: dict[str, Path]) -> Path:
    """Return the oldest of those CPythons: for what does not depend on the version."""
    return next(interpreters[minor] for minor in CHOSEN if minor in interpreters)


@pytest.fixture(scope="session")
def sanitizer() -> dict[str, str]:
    """Return the variables that a process needs to be watched by AddressSanitizer; mostly none."""
    return {name: os.environ[name] for name in SANITIZER if "ASAN_OPTIONS" in os.environ}


@pytest.fixture(scope="session")
def native_library() -> Path:
    """Return the library that `make core` built, or the one that NATIVE_LIBRARY names.

    Without it a test skips.
    """
    path = ROOT / "python" / "sparta" / "_sparta.abi3.so"
    path = Path(os.environ.get("NATIVE_LIBRARY", path))
    if not path.is_file():
        pytest.skip("the native library is not built: make core")
    return path


@pytest.fixture(scope="session")
def embed(
    sanitizer: dict[str, str],
) -> Callable[..., Callable[..., subprocess.CompletedProcess[str]]]:
    """Return what compiles a C program that embeds Python and uses the C ABI.

    It takes the source, the interpreter, the library, a folder for the program, and flags, and
    gives what runs the program with arguments.
    """
    unwatched = {name: value for name, value in os.environ.items() if name not in sanitizer}

    def made(
        source: Path, interpreter: Path, library: Path, folder: Path, *flags: str
    ) -> Callable[..., subprocess.CompletedProcess[str]]:
        beside = folder / "_sparta.abi3.so"
        shutil.copy(library, beside)
        program = folder / source.stem
        watched = ("-fsanitize=address",) if sanitizer else ()
        compiled(source, interpreter, beside, program, *flags, *watched, environment=unwatched)
        lambda_ = {"AWS_EXECUTION_ENV": "AWS_Lambda_python3.12", "PATH": os.environ["PATH"]}

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [program, *arguments],
                env={**lambda_, **sanitizer},
                capture_output=True,
                text=True,
                timeout=100,
                check=False,
            )

        return run

    return made


@pytest.fixture(scope="session")
def local_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the empty project folder whose local AWS `local_aws` is."""
    return tmp_path_factory.mktemp("local_project")


@pytest.fixture(scope="session")
def local_aws(local_project: Path) -> Iterator[Endpoint]:
    """Start one local AWS for all the tests that ask for it; stop it after the last one."""
    from sparta.local import daemon

    endpoint = daemon.start(local_project, report=lambda _message, **_fields: None)
    try:
        yield endpoint
    finally:
        daemon.stop(local_project)


@pytest.fixture(scope="session")
def bare_python(interpreters: dict[str, Path]) -> list[str]:
    """Return the command of this CPython, outside its environment: standard library only."""
    minor = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return [str(interpreters[minor]), "-I", "-S"]
