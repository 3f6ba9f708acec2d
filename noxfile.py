"""The gates, in the order in which `make test` runs them; each works in the existing .venv."""

from __future__ import annotations

import os
import platform
import random
import shutil
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.stop_on_first_error = False
nox.needs_version = ">=2025.2.9"

ROOT = Path(__file__).parent
# The tools stand beside the nox that runs this, whether make started it or somebody's shell.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
FUZZ_SECONDS = "60" if os.environ.get("CI") == "true" else "20"
"""How long each codec is fuzzed in `make test`."""
GUIDED = (
    "-Zsanitizer=address", "-Cpasses=sancov-module", "-Cdebug-assertions", "--cfg=fuzzing",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
)  # fmt: skip
"""What cargo-fuzz compiles with; stable takes it with RUSTC_BOOTSTRAP."""
PYTHON_CODE = ("python", "tests", "benchmarks", "examples", "build_backend", "noxfile.py")


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff: rules and format."""
    session.run("ruff", "check", *PYTHON_CODE)
    session.run("ruff", "format", "--check", *PYTHON_CODE)


@nox.session
def types(session: nox.Session) -> None:
    """Mypy, strict, and pyright; each example is checked as its author would."""
    session.run("mypy")
    for example in sorted((ROOT / "examples").glob("*/app.py")):
        folder = example.parent
        session.run("mypy", str(folder), env={"MYPYPATH": str(folder)})
    session.run("pyright", env={"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"})


@nox.session
def imports(session: nox.Session) -> None:
    """Import-linter: the layers, boto3 in one module, no tool inside Lambda."""
    session.run("lint-imports")


@nox.session
def rust(session: nox.Session) -> None:
    """Format, clippy and tests of the workspace."""
    session.run("cargo", "fmt", "--all", "--check", external=True)
    session.run(
        "cargo", "clippy", "--workspace", "--all-targets", "--locked", "--quiet",
        "--", "-D", "warnings", external=True,
    )  # fmt: skip
    session.run("cargo", "test", "--workspace", "--locked", "--quiet", external=True)


@nox.session
def architecture(session: nox.Session) -> None:
    """The rules of the house that no linter knows."""
    session.run("pytest", "tests/architecture", "--no-header", *session.posargs)


@nox.session
def guard(session: nox.Session) -> None:
    """Instructions, system calls and imports of the hot paths beside their baseline: a minute."""
    session.run("python", "benchmarks/check_counts.py")


@nox.session
def tests(session: nox.Session) -> None:
    """Every other test; the last lines say which were skipped and why."""
    apart = ("--ignore=tests/architecture", "--ignore=tests/safety")
    session.run("pytest", "tests", *apart, *session.posargs)


@nox.session
def safety(session: nox.Session) -> None:
    """Miri where it is installed, AddressSanitizer, fuzz targets, soaks: some four minutes."""
    miri = ("cargo", "+nightly", "miri")
    version = session.run(*miri, "--version", external=True, silent=True, success_codes=[0, 1, 101])
    if str(version).startswith("miri"):
        session.run(
            *miri, "test", "--package", "sparta-core", "--lib", "--quiet", "--",
            "json::scanner", "json::unescape", "json::number", "http::head", "base64",
            external=True,
        )  # fmt: skip
    else:
        session.log("Miri is skipped: no nightly toolchain with it on this machine")
    variables = fuzzed(session, FUZZ_SECONDS)
    # Most of it waits for the end of its time, in one process each: side by side.
    session.run("pytest", "tests/safety", "--no-header", "-n2", *session.posargs, env=variables)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Every codec for FUZZ_SECONDS (600), by chance and guided by coverage; not in `make test`."""
    variables = fuzzed(session, "600")
    session.run("pytest", "tests/safety", "--no-header", "-n2", "-k", "fuzz", env=variables)
    if not shutil.which("g++"):
        session.skip("no g++ on this machine: libFuzzer, which guides by coverage, is C++")
    build = ROOT / "target" / "fuzz"
    triple = f"{platform.machine()}-unknown-linux-gnu"
    session.run(
        *("cargo", "build", "--release", "--locked", "--quiet", "--target", triple),
        *("--manifest-path", "rust/fuzz/Cargo.toml", "--target-dir", str(build)),
        env={"RUSTC_BOOTSTRAP": "1", "RUSTFLAGS": " ".join(GUIDED)}, external=True,
    )  # fmt: skip
    for target in ("http", "json", "text"):
        corpus = build / "corpus" / target
        corpus.mkdir(parents=True, exist_ok=True)
        session.run(
            str(build / triple / "release" / target), str(corpus),
            f"-max_total_time={variables['FUZZ_SECONDS']}", f"-artifact_prefix={build}/{target}-",
            f"-seed={variables['FUZZ_SEED']}", "-verbosity=0", "-print_final_stats=1",
            external=True,
        )  # fmt: skip


def fuzzed(session: nox.Session, seconds: str) -> dict[str, str]:
    """Return how long to fuzz and where to begin: somewhere else in every run, and said."""
    seed = os.environ.get("FUZZ_SEED") or str(random.SystemRandom().randrange(1, 2**32))
    session.log(f"fuzzing begins with FUZZ_SEED={seed}")
    return {"FUZZ_SECONDS": os.environ.get("FUZZ_SECONDS") or seconds, "FUZZ_SEED": seed}


@nox.session
def quick(session: nox.Session) -> None:
    """Run before each commit: about a minute."""
    session.run("ruff", "check", *PYTHON_CODE)
    session.run("ruff", "format", "--check", *PYTHON_CODE)
    session.run("lint-imports")
    session.run("pytest", "tests/architecture", "tests/unit", "-x", "--no-header")
