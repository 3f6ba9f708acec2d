"""AWS's own Rust runtime with a handler that greets, compiled when it is first needed.

Its sources are in the folder rust-runtime, outside Sparta's workspace and with a lock of its
own: nothing of it is part of Sparta.
"""

from __future__ import annotations

import shutil
import subprocess

from sparta.measure.subject import Subject
from subjects import BENCHMARKS, CACHE, ROOT, RUST_RUNTIME, lambda_environment

SOURCES = BENCHMARKS / "rust-runtime"
TARGET = CACHE / "rust-runtime"


def rust_runtime(minor: str) -> Subject | None:
    """Return the subject, or None, with the reason printed, where it cannot be made.

    Args:
        minor: The CPython of the other subjects: the environment is the same for all.
    """
    cargo = shutil.which("cargo")
    if cargo is None:
        print(f"bench-quick: without {RUST_RUNTIME}: there is no cargo on PATH", flush=True)
        return None
    print(f"bench-quick: compiling {RUST_RUNTIME} in {TARGET.relative_to(ROOT)}", flush=True)
    command = [cargo, "build", "--quiet", "--release", "--locked", "--target-dir", str(TARGET)]
    run = subprocess.run(command, cwd=SOURCES, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        reason = run.stderr.strip() or f"cargo ended with {run.returncode}"
        print(f"bench-quick: without {RUST_RUNTIME}: {reason}", flush=True)
        return None
    program = TARGET / "release" / "rust-runtime"
    return Subject(RUST_RUNTIME, [str(program)], lambda_environment(minor), SOURCES)
