"""Functions in Rust beside the same in Python, on the native core: CPU of a start and of an event.

    python benchmarks/rust_functions.py --rounds 15

One archive, `benchmarks/mix`, serves all, and in turn, so that a slow moment hits all of them;
AWS's client with a handler of two lines stands beside them. The first run compiles the library.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from side_by_side import print_medians, samples_of
from sparta.measure.subject import Subject
from sparta.package.interpreters import find
from subjects import (
    BENCHMARKS,
    CACHE,
    aws_client,
    bootstrap,
    lambda_environment,
)
from subjects.quick import AWS_CLIENT, BARE, HANDLER

MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"
FUNCTIONS = ("python_hello", "rust_hello", "python_order", "rust_order")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--events", type=int, default=300)
    options = parser.parse_args()
    python = find(MINOR)
    if python is None:
        sys.exit(f"rust_functions: no CPython {MINOR} on this machine")
    with tempfile.TemporaryDirectory(prefix="sparta-rust-") as folder:
        subjects = prepare(Path(folder), python)
        samples = samples_of(subjects, options.rounds, options.events)
    print_medians(samples)


def prepare(folder: Path, python: Path) -> list[Subject]:
    """Package the application, and return its functions and what stands beside them."""
    project, task_root = CACHE / "mix", folder / "task"
    ignored = shutil.ignore_patterns(".sparta", "target")
    shutil.copytree(BENCHMARKS / "mix", project, dirs_exist_ok=True, ignore=ignored)
    command = [sys.executable, "app.py", "provision", "--noop", "--builder=zig"]
    made = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise SystemExit(f"rust_functions: {' '.join(command)} failed\n{made.stdout}{made.stderr}")
    with zipfile.ZipFile(project / ".sparta" / "Mix-code.zip") as archive:
        archive.extractall(task_root)
    bare = folder / "bare"
    bare.mkdir()
    (bare / "index.py").write_text(HANDLER, encoding="utf-8")
    subprocess.run([str(python), "-m", "compileall", "-q", str(bare)], check=True)
    environment = {**lambda_environment(MINOR), "LAMBDA_RUNTIME_DIR": str(folder / "none")}
    client = aws_client(python, MINOR)
    ours = bootstrap(task_root, python)

    def function(name: str) -> Subject:
        language, _, exported = name.partition("_")
        more = {"LAMBDA_TASK_ROOT": str(task_root), "_HANDLER": f"index.{name}"}
        if language == "rust":
            more["SPARTA_RUST_FUNCTION"] = exported
        return Subject(name, ours, {**environment, **more}, task_root)

    of_client = {**environment, "LAMBDA_TASK_ROOT": str(bare), "_HANDLER": "index.handler"}
    return [
        Subject(BARE, [str(python), "-ISc", "pass"], environment, folder, serves=False),
        Subject(AWS_CLIENT, client, of_client, bare),
        *(function(name) for name in FUNCTIONS),
    ]


if __name__ == "__main__":
    main()
