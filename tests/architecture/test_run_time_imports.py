"""What `import sparta` loads inside Lambda, where every import is paid at each cold start."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.architecture.conftest import Tree

AT_MODULE_LEVEL = {"__future__", "sys", "os"}
"""All of the standard library that a run-time module may import while it is imported."""
DENIED = {
    *("boto3", "botocore", "click", "rich", "orjson", "dataclasses", "typing", "json", "logging"),
    *("re", "enum", "functools", "collections", "inspect", "base64", "datetime", "pathlib"),
}
LAMBDA = {
    "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
    "AWS_LAMBDA_FUNCTION_NAME": "stack_function",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/stack_function",
    "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/01/[$LATEST]0",
    "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9",
    "AWS_REGION": "us-east-1",
    "LAMBDA_TASK_ROOT": "/var/task",
    "LANG": "en_US.UTF-8",
    "PATH": "/usr/bin:/bin",
    "SPARTA_DISCOVERY_INFO": '{"StackName":"stack","Region":"us-east-1","Resources":{}}',
    "_HANDLER": "index.function",
}
LIST = "import sys{0}; sys.stdout.write(ascii(sorted(sys.modules)).replace(chr(39), chr(34)))"
STATEMENTS = [
    "import sparta",
    "import sparta.native as sparta",
    "from sparta import iam; iam.allow('a:B').on(iam.arn('s3', 'b') / 'x').when(Bool={})",
    "import sparta; from sparta import events; from sparta.aws import Bucket, Queue, Table, Topic",
    "import sparta; sparta.custom_resource(create=print)('Rows', {}).returned",
]


def loaded(python: Path, prelude: str) -> set[str]:
    """Return what a fresh interpreter inside a pretended Lambda has loaded after `prelude`."""
    run = subprocess.run(
        [str(python), "-I", "-S", "-c", LIST.format(f"; {prelude}")],
        capture_output=True,
        check=False,
        env=LAMBDA,
        text=True,
        timeout=30,
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout))


@pytest.mark.parametrize("statement", STATEMENTS, ids=["sparta", "native", "iam", "aws", "custom"])
def test_importing_loads_nothing_but_sparta(
    interpreter: Path, project_root: Path, statement: str
) -> None:
    allowed = loaded(interpreter, "import os") | AT_MODULE_LEVEL
    path = f"sys.path.insert(0, {str(project_root / 'python')!r})"
    modules = loaded(interpreter, f"{path}; {statement}")
    assert "sparta" in modules
    foreign = {name for name in modules - allowed if name.split(".")[0] != "sparta"}
    assert foreign == set()
    assert {name.split(".")[0] for name in modules} & (DENIED - allowed) == set()


def test_the_gate_sees_a_foreign_import(bare_python: list[str]) -> None:
    assert "json" in loaded(Path(bare_python[0]), "import json")


def test_run_time_modules_import_nothing_else_at_module_level(tree: Tree) -> None:
    assert tree.run_time, "no run-time module found"
    wrong = []
    for path, module in tree.run_time.items():
        for line, name in module_level(module.body):
            if name.split(".")[0] not in {*AT_MODULE_LEVEL, "sparta"}:
                wrong.append(f"{path}:{line}: imports {name} at module level")
    assert wrong == []


def module_level(statements: list[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of what is imported while the module is: not in a function's body."""
    for statement in statements:
        match statement:
            case ast.Import(names=names):
                yield from ((statement.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(name)):
                yield statement.lineno, name
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), orelse=orelse):
                yield from module_level(orelse)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                continue
            case _:
                for block in ("body", "orelse", "finalbody", "handlers", "cases"):
                    yield from module_level(getattr(statement, block, []))
