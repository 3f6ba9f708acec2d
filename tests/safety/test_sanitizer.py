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

from sparta.local.managed_runtime import running_minor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PYTHON_OF_FUNCTIONS = "3.12"
"""One of them is watched, beside the one that runs the tests; without it that one."""
LEAST_PASSED = 280
"""So many tests of the boundary are watched at least; a selection that selects nothing fails."""
LIBRARY = re.compile(r"\b(?:lib_sparta|_sparta\.abi3)\.so\b")
"""The library in a report, under each name that tests load it by."""
STACK_BYTES = 128 * 1024 * 1024
"""A watched function's frames are several times as large: documents 5,000 deep need room."""
FRAMES_OF_AN_ALLOCATION = 6
"""So near to malloc stands the code that asked for the memory."""
KEPT_FOR_GOOD = re.compile(r"pyclass18create_type_object")
"""PyO3 makes each class once, and keeps what it makes it of as long as the process lives."""
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
        python: The CPython that functions run under, as TEST_PYTHONS.
    """

    library: Path
    runtime: str
    reports: Path
    python: str

    def run(self, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command with everything it starts watched."""
        options = ":".join(
            [
                "exitcode=0:halt_on_error=0",
                # The library looks for leaks before the interpreter lets go of all it has.
                "detect_leaks=1:leak_check_at_exit=0",
                f"log_path={self.reports}/report",
                # Each frame names its file, also where its line is known.
                "stack_trace_format='    #%n %p in %F %L (%m)'",
            ]
        )
        variables = {
            "LD_PRELOAD": self.runtime,
            "ASAN_OPTIONS": options,
            "PYTHONMALLOC": "malloc",
            "NATIVE_LIBRARY": str(self.library),
            "TEST_PYTHONS": self.python,
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
                is_leak = is_leak and not KEPT_FOR_GOOD.search(part)
                if (is_leak and LIBRARY.search(near)) or "ERROR: AddressSanitizer" in part:
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
        *("build", "--quiet", "--locked", "--package", "sparta-library", "--features", "probes"),
        *("--target", triple, "--target-dir", str(target)),
        RUSTC_BOOTSTRAP="1",
        RUSTFLAGS="-Zsanitizer=address",
    )
    return target / triple / "debug" / "lib_sparta.so"


@pytest.fixture
def sanitizer(
    watched_library: Path, tmp_path: Path, interpreters: dict[str, Path]
) -> Iterator[Sanitizer]:
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
    minor = PYTHON_OF_FUNCTIONS if PYTHON_OF_FUNCTIONS in interpreters else running_minor()
    yield Sanitizer(watched_library, str(Path(runtime).resolve()), reports, minor)
    resource.setrlimit(resource.RLIMIT_STACK, before)


def watched(sanitizer: Sanitizer, project_root: Path, *selection: str) -> str:
    """Run tests of the boundary, watched; return what pytest says."""
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
    run = sanitizer.run([*command, "-m", "not unwatched", *selection], project_root)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-5000:]
    return run.stdout


@pytest.mark.timeout(600)  # the first build of the library
def test_the_boundary_tests_find_no_error_and_no_leak(
    sanitizer: Sanitizer, project_root: Path
) -> None:
    said = watched(sanitizer, project_root, "tests/boundary")
    assert not sanitizer.findings()
    passed = re.search(r"^(\d+) passed", said, re.MULTILINE)
    assert passed is not None, said
    assert int(passed[1]) >= LEAST_PASSED, said
    assert "skipped" not in said, said


@pytest.mark.timeout(600)
def test_defects_of_served_functions_would_be_found(
    sanitizer: Sanitizer, project_root: Path
) -> None:
    """These processes end as those of the boundary tests do; one has no defect."""
    said = watched(sanitizer, project_root, "tests/boundary/cases/test_defects.py")
    assert "3 passed" in said
    found = sanitizer.findings()
    kinds = re.findall(r"heap-use-after-free on|leak of 1000 byte", "\n".join(found))
    assert sorted(kinds) == ["heap-use-after-free on", "leak of 1000 byte"]
    assert len(found) == len(kinds), found


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
