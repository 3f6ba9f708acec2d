"""The boundary tests once more, with a library that AddressSanitizer watches."""

from __future__ import annotations

import os
import platform
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PYTHON_OF_FUNCTIONS = "3.12"
NOT_WATCHED = ("3.11", "3.13", "3.14", "test_panic", "test_stub", "test_cost", "test_abi")
"""Other Pythons, what links or needs a library of its own, memory that the sanitizer keeps."""
STACK_BYTES = 128 * 1024 * 1024
"""A watched function's frames are several times as large: documents 5,000 deep need room."""
FRAMES_OF_AN_ALLOCATION = 6
"""So near to malloc stands the code that asked for the memory."""
LOAD = """
import importlib.util, sys
from importlib.machinery import ExtensionFileLoader
loader = ExtensionFileLoader("_sparta", sys.argv[1])
core = importlib.util.module_from_spec(importlib.util.spec_from_loader("_sparta", loader))
loader.exec_module(core)
"""


@dataclass(frozen=True)
class Sanitizer:
    """How to run something under AddressSanitizer, and what it found.

    Args:
        library: The watched library.
        runtime: The sanitizer's own library, to be loaded first.
        reports: The folder that reports go to.
    """

    library: Path
    runtime: str
    reports: Path

    def run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command with everything it starts watched."""
        options = f"detect_leaks=1:exitcode=0:halt_on_error=0:log_path={self.reports}/report"
        variables = {
            "LD_PRELOAD": self.runtime,
            "ASAN_OPTIONS": options,
            "PYTHONMALLOC": "malloc",
            "NATIVE_LIBRARY": str(self.library),
        }
        return subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def findings(self) -> list[str]:
        """Return each error, and each leak of memory that this library asked for."""
        found = []
        for path in sorted(self.reports.glob("report.*")):
            for part in re.split(r"\n\n", path.read_text(encoding="utf-8", errors="replace")):
                is_leak = "leak of" in part
                near = "\n".join(part.splitlines()[: FRAMES_OF_AN_ALLOCATION + 1])
                if (is_leak and self.library.name in near) or "ERROR: AddressSanitizer" in part:
                    found.append(part)
        return found


@pytest.fixture(scope="module")
def watched_library(cargo: Callable[..., None], project_root: Path) -> Path:
    """Build the library with the sanitizer's checks; it works on stable, if told so."""
    if sys.platform != "linux":
        pytest.skip("AddressSanitizer is preloaded: Linux only")
    triple = f"{platform.machine()}-unknown-linux-gnu"
    target = project_root / "target" / "asan"
    cargo(
        *("build", "--quiet", "--locked", "--package", "sparta-python", "--features", "probes"),
        *("--target", triple, "--target-dir", str(target)),
        RUSTC_BOOTSTRAP="1",
        RUSTFLAGS="-Zsanitizer=address",
    )
    return target / triple / "debug" / "lib_sparta.so"


@pytest.fixture
def sanitizer(watched_library: Path, tmp_path: Path) -> Iterator[Sanitizer]:
    found = subprocess.run(
        ["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=False
    )
    runtime = found.stdout.strip()
    if not runtime.startswith("/"):
        pytest.skip("gcc has no libasan on this machine")
    reports = tmp_path / "reports"
    reports.mkdir()
    before = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, before[1]))
    yield Sanitizer(watched_library, str(Path(runtime).resolve()), reports)
    resource.setrlimit(resource.RLIMIT_STACK, before)


@pytest.mark.timeout(600)  # the first build of the library
def test_the_boundary_tests_find_no_error_and_no_leak(
    sanitizer: Sanitizer, project_root: Path
) -> None:
    wanted = " and ".join(f"not {name}" for name in NOT_WATCHED)
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    boundary = project_root / "tests" / "boundary"
    watched = [*map(str, sorted(boundary.glob("test_*.py"))), str(boundary / "streaming")]
    run = sanitizer.run([*command, *watched, "-k", wanted], project_root)
    assert not sanitizer.findings()
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-5000:]
    assert re.search(r"^\d\d+ passed", run.stdout, re.MULTILINE), run.stdout


@pytest.mark.timeout(600)
@pytest.mark.parametrize("leaks", [False, True])
def test_a_leak_would_be_found(sanitizer: Sanitizer, tmp_path: Path, leaks: bool) -> None:
    use = 'core.dumps(core.loads(b\'[{"a": [1.5, "\\\\u00e9"]}]\'))\n' * 50
    code = LOAD + use + ("core._leak(1000)\n" if leaks else "")
    run = sanitizer.run([sys.executable, "-c", code, str(sanitizer.library)], tmp_path)
    assert run.returncode == 0, run.stderr
    found = sanitizer.findings()
    assert bool(found) is leaks, found
    assert all("1000 byte" in leak for leak in found)
