"""What a slice saves: init CPU of a function that shares its module with a user of boto3.

    python benchmarks/slices.py --rounds 15 --python 3.12

One application, packaged twice, with slices and with `--no-slice`; the function itself needs none
of what its neighbour does. boto3 and what it needs are in the archive, compiled as all of it is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from side_by_side import print_medians, samples_of
from sparta.measure.subject import Subject
from sparta.package.interpreters import find
from subjects import (
    aws_client,
    bootstrap,
    lambda_environment,
)

APPLICATION = '''"""Two functions, one of which reads from S3."""

import boto3

import sparta
from sparta import events
from sparta.aws import Bucket

uploads = Bucket("Uploads")
s3 = boto3.client("s3")


@sparta.function()
def hello(event: dict[str, object]) -> dict[str, object]:
    """Greet."""
    return {{"statusCode": 200, "body": "Hello"}}


@sparta.function(uses=[uploads.grant("GetObject")], on=uploads.created())
def import_csv(event: events.S3) -> None:
    """Read what was uploaded."""
    for record in event.records:
        s3.get_object(Bucket=record.bucket, Key=record.key)


if __name__ == "__main__":
    sparta.main("Sliced", "A benchmark", functions=[hello, import_csv], python="{python}")
'''
CONFIGURATION = "[tool.sparta]\nlayer-over-mb = 1000  # one archive is what is unpacked\n"
WAYS = {"sliced": (), "whole": ("--no-slice",)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--python", default=f"{sys.version_info[0]}.{sys.version_info[1]}")
    options = parser.parse_args()
    python = find(options.python)
    if python is None:
        sys.exit(f"slices: no CPython {options.python} on this machine")
    with tempfile.TemporaryDirectory(prefix="sparta-slices-") as folder:
        subjects = prepare(Path(folder), python, options.python)
        samples = samples_of(subjects, options.rounds, events=1)
    print_medians(samples, ("init_cpu_ms", "peak_mib"))


def prepare(folder: Path, python: Path, minor: str) -> list[Subject]:
    """Package the application each way, and return the subjects in their order."""
    subjects = []
    for runtime in ("python", "native"):
        for name, more in WAYS.items():
            task = archive(folder / f"{runtime}-{name}", minor, "--runtime", runtime, *more)
            command = aws_client(python, minor)
            if runtime == "native":
                command = bootstrap(task, python)
            environment = {
                **lambda_environment(minor),
                "LAMBDA_RUNTIME_DIR": str(folder / "none"),
                "LAMBDA_TASK_ROOT": str(task),
                "_HANDLER": "index.hello",
            }
            subjects.append(Subject(f"{runtime}, {name}", command, environment, task))
    return subjects


def archive(folder: Path, minor: str, *options: str) -> Path:
    """Make one archive; returns the folder it is unpacked in."""
    folder.mkdir(parents=True)
    (folder / "app.py").write_text(APPLICATION.format(python=minor), encoding="utf-8")
    (folder / "requirements.txt").write_text("boto3\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "app.py", "provision", "--noop", "--bundle-boto3", *options]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"slices: {' '.join(command)} failed\n{run.stdout}{run.stderr}")
    with zipfile.ZipFile(folder / ".sparta" / "Sliced-code.zip") as opened:
        opened.extractall(folder / "task")
    return folder / "task"


if __name__ == "__main__":
    main()
