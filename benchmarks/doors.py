"""The doors into the native core, beside AWS's client: CPU of a start and of a warm event.

    python benchmarks/doors.py --rounds 15 --python 3.12

All serve the same plain handler, without `import sparta` but for the index of the two doors that
AWS's client opens, and in turn, so that a slow moment hits all of them.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from side_by_side import print_medians, samples_of
from sparta.measure.subject import Subject
from sparta.package import handler_door
from sparta.package.interpreters import find
from sparta.package.join import joined
from sparta.package.native_source import PACKAGE
from sparta.package.target import Target
from subjects import ROOT, aws_client, lambda_environment
from subjects.quick import AWS_CLIENT, HANDLER

SHIM = ROOT / "shim"
INDEX = """
from sparta.runtime.index import resolve
def __getattr__(name):
    return resolve({"handler": ("app", ("handler",))}, name)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--python", default=f"{sys.version_info[0]}.{sys.version_info[1]}")
    options = parser.parse_args()
    python = find(options.python)
    if python is None:
        sys.exit(f"doors: no CPython {options.python} on this machine")
    with tempfile.TemporaryDirectory(prefix="sparta-doors-") as folder:
        subjects = prepare(Path(folder), python, options.python)
        samples = samples_of(subjects, options.rounds, options.events)
    print_medians(samples)


def prepare(folder: Path, python: Path, minor: str) -> list[Subject]:
    """Lay out one archive, and return every way into it."""
    task = folder / "task"
    task.mkdir()
    (task / "app.py").write_text(HANDLER, encoding="utf-8")
    (task / "index.py").write_text(INDEX, encoding="utf-8")
    (task / "sparta").mkdir()
    for path, source in joined(PACKAGE).items():
        (task / path).write_text(source, encoding="utf-8")
    for file in SHIM.glob("*.py"):
        shutil.copy(file, task)
    wrapper = (SHIM / "bootstrap").read_text(encoding="utf-8").replace("3.X", minor)
    (task / "bootstrap").write_text(wrapper, encoding="utf-8")
    shutil.copy(PACKAGE / "_sparta.abi3.so", task)
    target = Target(minor, "x86_64")
    for packaged in handler_door.backend(target, (), folder / "kept", lambda *_, **__: None):
        (task / packaged.path).write_bytes(packaged.read())
    subprocess.run([str(python), "-m", "compileall", "-q", str(task)], check=True)
    environment = {**lambda_environment(minor), "LAMBDA_RUNTIME_DIR": str(folder / "none")}
    client = aws_client(python, minor)
    ours = [str(python), "-IS", str(task / "bootstrap")]

    def subject(name: str, command: list[str], handler: str) -> Subject:
        more = {"LAMBDA_TASK_ROOT": str(task), "_HANDLER": handler}
        return Subject(name, command, {**environment, **more}, task)

    return [
        subject(AWS_CLIENT, client, "app.handler"),
        subject("AWS's client, pure runtime", client, "index.handler"),
        subject("bootstrap, bare handler", ours, "app.handler"),
        subject("bootstrap", ours, "index.handler"),
        subject("takeover", client, "_sparta_takeover.handler"),
        subject("handler", client, "_sparta_handler.handler"),
    ]


if __name__ == "__main__":
    main()
