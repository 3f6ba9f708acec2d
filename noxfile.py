"""The gates, in the order in which `make test` runs them; each works in the existing .venv."""

from __future__ import annotations

import os
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
"""How long each fuzz target runs."""
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
def tests(session: nox.Session) -> None:
    """Every other test; the last lines say which were skipped and why."""
    apart = ("--ignore=tests/architecture", "--ignore=tests/safety")
    session.run("pytest", "tests", *apart, *session.posargs)


@nox.session
def safety(session: nox.Session) -> None:
    """Miri where it is installed, AddressSanitizer, fuzz targets, a soak: some five minutes."""
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
    fuzz = {"FUZZ_SECONDS": os.environ.get("FUZZ_SECONDS", FUZZ_SECONDS)}
    session.run(
        "cargo", "test", "--package", "sparta-core", "--lib", "--locked", "--quiet", "http::fuzz",
        env=fuzz, external=True,
    )  # fmt: skip
    session.run("pytest", "tests/safety", "--no-header", *session.posargs, env=fuzz)


@nox.session
def quick(session: nox.Session) -> None:
    """Run before each commit: about a minute."""
    session.run("ruff", "check", *PYTHON_CODE)
    session.run("ruff", "format", "--check", *PYTHON_CODE)
    session.run("lint-imports")
    session.run("pytest", "tests/architecture", "tests/unit", "-x", "--no-header")
