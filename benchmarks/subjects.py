"""What is compared: ways to start Python, all but the bare one serving the same event."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from sparta.measure.subject import Subject

BENCHMARKS = Path(__file__).resolve().parent
ROOT = BENCHMARKS.parent
CACHE = ROOT / ".cache" / "benchmarks"
BARE = "bare interpreter"
AWS_CLIENT = "AWS's client, bare handler"
PURE = "Sparta pure, hello"
NATIVE = "Sparta native, hello"
NATIVE_BARE = "Sparta native, bare handler"
RUST_RUNTIME = "AWS's Rust runtime"
CLIENT_PACKAGES = ("awslambdaric", "simplejson", "snapshot-restore-py")
HANDLER = '''"""A handler without Sparta."""


def handler(event, context):
    return {"statusCode": 200, "body": "Hello"}
'''


def prepare(folder: Path, python: Path, minor: str) -> list[Subject]:
    """Package and unpack everything below `folder`; returns the subjects in their order."""
    client = [str(aws_client(python, minor)), str(BENCHMARKS / "aws_client.py")]
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


def bootstrap(task_root: Path, python: Path) -> list[str]:
    """Return the command of an exec wrapper's first line, with this machine's interpreter."""
    file = task_root / "bootstrap"
    first = file.read_text(encoding="utf-8").splitlines()[0]
    return [str(python), *first.split()[1:], str(file)]


def aws_client(python: Path, minor: str) -> Path:
    """Return the interpreter of an environment that holds AWS's client, pinned, and nothing else.

    It is made once and kept, as `python` in a folder of the project's cache.
    """
    wanted = pins(CLIENT_PACKAGES)
    folder = CACHE / f"aws-client-{minor}"
    requirements = folder / "requirements.txt"
    if not requirements.is_file() or requirements.read_text(encoding="utf-8") != wanted:
        print(f"bench-quick: environment of AWS's client in {folder.relative_to(ROOT)}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([str(python), "-m", "venv", "--without-pip", str(folder)], check=True)
        listed = folder / "wanted.txt"
        listed.write_text(wanted, encoding="utf-8")
        subprocess.run(
            [
                *(str(Path(sys.executable).parent / "uv"), "pip", "install", "--quiet"),
                *("--python", str(folder / "bin" / "python"), "--no-deps", "--no-build"),
                *("--require-hashes", "--compile-bytecode", "-r", str(listed)),
            ],
            check=True,
        )
        listed.rename(requirements)
    return folder / "bin" / "python"


def pins(names: tuple[str, ...]) -> str:
    """Return the lock's entries for `names`, with their hashes."""
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\w)", lock, flags=re.MULTILINE)
    return "".join(block for block in blocks if block.split("==")[0] in names)


def lambda_environment(minor: str) -> dict[str, str]:
    """Return the variables of a managed runtime that both runtimes may look at."""
    return {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{minor}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_NAME": "benchmark",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/benchmark",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0",
        "AWS_REGION": "us-east-1",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "LANG": "en_US.UTF-8",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "SPARTA_DISCOVERY_INFO": '{"StackName":"benchmark","Region":"us-east-1","Resources":{}}',
        "TZ": ":UTC",
    }
