"""The few subjects of the quick benchmark, made in a temporary folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from sparta.measure.subject import Subject
from subjects.aws_client import aws_client
from subjects.entry import NotHereError
from subjects.environment import lambda_environment
from subjects.packaged import bootstrap
from subjects.places import ROOT
from subjects.rust import compiled

if TYPE_CHECKING:
    from pathlib import Path

BARE = "bare interpreter"
AWS_CLIENT = "AWS's client, bare handler"
PURE = "Sparta pure, hello"
NATIVE = "Sparta native, hello"
NATIVE_BARE = "Sparta native, bare handler"
RUST_RUNTIME = "AWS's Rust runtime"
HANDLER = '''"""A handler without Sparta."""


def handler(event, context):
    return {"statusCode": 200, "body": "Hello"}
'''


def prepare(folder: Path, python: Path, minor: str) -> list[Subject]:
    """Package and unpack everything below `folder`; returns the subjects in their order."""
    client = aws_client(python, minor)
    pure = hello(folder / "pure", minor, "python")
    native = hello(folder / "native", minor, "native")
    bare = folder / "bare"
    bare.mkdir()
    (bare / "index.py").write_text(HANDLER, encoding="utf-8")
    shutil.copy(native / "_sparta.abi3.so", bare)
    shutil.copy(native / "bootstrap", bare)
    subprocess.run([str(python), "-m", "compileall", "-q", str(bare)], check=True)
    function = entry_of(native)
    environment = {**lambda_environment(minor), "LAMBDA_RUNTIME_DIR": str(folder / "none")}

    def serving(name: str, command: list[str], task_root: Path, handler: str) -> Subject:
        more = {"LAMBDA_TASK_ROOT": str(task_root), "_HANDLER": handler}
        return Subject(name, command, {**environment, **more}, task_root)

    return [
        Subject(BARE, [str(python), "-I", "-S", "-c", "pass"], environment, folder, serves=False),
        serving(AWS_CLIENT, client, bare, "index.handler"),
        serving(PURE, client, pure, f"index.{function}"),
        serving(NATIVE, bootstrap(native, python), native, f"index.{function}"),
        serving(NATIVE_BARE, bootstrap(bare, python), bare, "index.handler"),
    ]


def hello(folder: Path, minor: str, runtime: str) -> Path:
    """Package examples/hello as `provision --noop` does; returns the unpacked archive's folder."""
    project, task_root = folder / "project", folder / "task"
    shutil.copytree(ROOT / "examples" / "hello", project, ignore=shutil.ignore_patterns(".sparta"))
    app = project / "app.py"
    text = app.read_text(encoding="utf-8")
    app.write_text(text.replace("functions=", f'python="{minor}", functions='), encoding="utf-8")
    command = [sys.executable, "app.py", "provision", "--noop", "--runtime", runtime]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f"bench-quick: {' '.join(command)} failed\n{run.stdout}{run.stderr}")
    (archive,) = (project / ".sparta").glob("*-code.zip")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(task_root)
    return task_root


def entry_of(task_root: Path) -> str:
    """Return the name of the one function in an archive's index.py."""
    index = (task_root / "index.py").read_text(encoding="utf-8")
    (name,) = re.findall(r"""['"](\w+)['"]\s*:\s*\(""", index)
    return str(name)


def rust_runtime(minor: str) -> Subject | None:
    """Return AWS's Rust runtime, or None, with the reason printed, where it cannot be made.

    Args:
        minor: The CPython of the other subjects: the environment is the same for all.
    """
    try:
        program = compiled()
    except NotHereError as error:
        print(f"bench-quick: without {RUST_RUNTIME}: {error}", flush=True)
        return None
    return Subject(RUST_RUNTIME, [str(program)], lambda_environment(minor), program.parent)
