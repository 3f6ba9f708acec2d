"""What the exec wrapper makes of an interpreter, and when it gives way to AWS's own client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.boundary.conftest import Deployment, Function

SHOW = """
import sys
def handler(event, context):
    return eval(event, {"sys": sys})
"""


def shown(function: Function, expression: str) -> Any:
    outcome = function.invoke(json.dumps(expression).encode())
    assert outcome.kind == "response", outcome
    return json.loads(outcome.body)


def test_the_search_path(one_deployment: Deployment, project_root: Path) -> None:
    function = one_deployment.start(SHOW, LAMBDA_RUNTIME_DIR="/var/runtime")
    path = shown(function, "sys.path")
    minor = shown(function, "'%d.%d' % sys.version_info[:2]")
    assert path[:4] == [
        str(function.folder),
        f"/opt/python/lib/python{minor}/site-packages",
        "/opt/python",
        f"/var/lang/lib/python{minor}/site-packages",
    ]
    assert path[-1] == "/var/runtime"
    assert any(entry.endswith("lib-dynload") for entry in path[4:-1])
    wrapper = (project_root / "shim" / "bootstrap").read_text(encoding="utf-8")
    assert wrapper.startswith("#!/var/lang/bin/python3 -IS\n")
    assert len(wrapper.splitlines()) < 20


def test_pythonpath_takes_the_place_of_the_layers(one_deployment: Deployment) -> None:
    function = one_deployment.start(SHOW, PYTHONPATH="/one:/two")
    path = shown(function, "sys.path")
    minor = shown(function, "'%d.%d' % sys.version_info[:2]")
    assert path[1:4] == ["/one", "/two", f"/var/lang/lib/python{minor}/site-packages"]
    assert shown(function, "__import__('os').environ['PYTHONPATH']") == "/one:/two"


def test_child_processes_find_the_runtimes_packages(one_deployment: Deployment) -> None:
    function = one_deployment.start(SHOW, LAMBDA_RUNTIME_DIR="/var/runtime")
    text = "__import__('subprocess').check_output(['printenv', 'PYTHONPATH'], text=True)"
    assert shown(function, text) == "/var/runtime\n"


def test_arguments_are_those_of_aws_bootstrap(one_deployment: Deployment) -> None:
    function = one_deployment.start(SHOW, arguments=("/bin/false", "/var/runtime/bootstrap.py"))
    assert shown(function, "sys.argv") == ["/var/runtime/bootstrap.py"]


def test_exit_and_quit_exist(deployment: Deployment) -> None:
    function = deployment.start("def handler(*_):\n    quit(3) if _[0] else exit()\n")
    assert function.invoke(b"1").kind == "exit"
    assert function.exit_status() == 3


def test_path_files_of_the_task_root_run(one_deployment: Deployment, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "editable.py").write_text("VALUE = 1\n")
    files = {"editable.pth": f"{elsewhere}\nimport sys; sys.from_path_file = 2\n"}
    source = (
        "import editable, sys\ndef handler(*_):\n    return editable.VALUE, sys.from_path_file\n"
    )
    assert one_deployment.start(source, files=files).invoke().body == b"[1, 2]"


def test_output_is_utf8_and_leaves_at_once(deployment: Deployment) -> None:
    source = """
import os, sys
def handler(*_):
    print("è", end="")
    sys.stderr.write("é")
    assert (sys.stdout.encoding, sys.stdout.fileno(), sys.stdout.isatty()) == ("utf-8", 1, False)
    sys.stdout.buffer.write(b"raw")
    os.kill(os.getpid(), 9)
"""
    function = deployment.start(source, LANG="C", LC_ALL="C")
    assert function.invoke().kind == "exit"
    assert function.log == "èéraw"


SEVERAL: list[dict[str, Any]] = [
    {"AWS_LAMBDA_MAX_CONCURRENCY": "4"},
    {"AWS_LAMBDA_INITIALIZATION_TYPE": "lambda-managed-instances"},
]
"""What managed instances are known by."""


@pytest.mark.parametrize("variables", SEVERAL, ids=str)
def test_gives_way_where_only_aws_client_serves(
    one_deployment: Deployment, variables: dict[str, Any]
) -> None:
    function = one_deployment.start("1 / 0", arguments=("/bin/echo", "client"), **variables)
    assert function.exit_status() == 0
    warning, client = function.log.splitlines()
    assert warning.startswith("sparta: AWS's client serves this function: ")
    assert client == "client"


def test_serves_without_arguments(one_deployment: Deployment) -> None:
    function = one_deployment.start("def handler(event, _):\n    return event\n", arguments=())
    assert function.invoke(b"[1]").body == b"[1]"


@pytest.mark.parametrize("is_there", [True, False])
def test_gives_way_to_the_bootstrap_of_the_image(
    one_deployment: Deployment, tmp_path: Path, *, is_there: bool
) -> None:
    if is_there:
        script = '#!/bin/sh\necho "client $# [$AWS_LAMBDA_EXEC_WRAPPER]"\n'
        (tmp_path / "bootstrap").write_text(script)
        (tmp_path / "bootstrap").chmod(0o755)
    function = one_deployment.start(
        "1 / 0",
        arguments=(),
        AWS_LAMBDA_EXEC_WRAPPER="/var/task/bootstrap",
        AWS_LAMBDA_MAX_CONCURRENCY="4",
        LAMBDA_RUNTIME_DIR=str(tmp_path),
    )
    assert function.exit_status() == (0 if is_there else 1)
    warning, *rest = function.log.splitlines()
    assert warning.startswith("sparta: AWS's client serves this function: it is to answer several")
    if is_there:  # it is not told to come back to the wrapper
        assert rest == ["client 0 []"]
    else:
        assert rest[-1].startswith("FileNotFoundError: ")


def test_gives_way_under_another_python(one_deployment: Deployment) -> None:
    function = one_deployment.start("1 / 0")
    function.close()
    wrapper = function.folder / "bootstrap"
    minor = shown_minor(wrapper)
    wrapper.write_text(wrapper.read_text().replace(f'"{minor}."', '"3.9."'))
    again = type(function)(function.folder, "app.handler", {}, ("/bin/echo", "client"))
    assert again.exit_status() == 0
    again.close()
    warning, client = again.log.splitlines()
    assert warning.startswith("sparta: AWS's client serves this function: packaged for Python ")
    assert client == "client"


def shown_minor(wrapper: Path) -> str:
    """Return the Python that a wrapper was packaged for."""
    (line,) = [line for line in wrapper.read_text().splitlines() if "startswith" in line]
    return line.split('"')[1].removesuffix(".")


def test_gives_way_without_a_usable_library(deployment: Deployment) -> None:
    function = deployment.start("")
    function.close()
    library = function.folder / "_sparta.abi3.so"
    library.unlink()
    for content, reason in ((None, "No module named '_sparta'"), (b"no library", "")):
        if content is not None:
            library.write_bytes(content)
        again = type(function)(function.folder, "app.handler", {}, ("/bin/echo", "client"))
        assert again.exit_status() == 0
        again.close()
        lines = again.log.splitlines()
        assert lines[0].startswith("sparta: AWS's client serves this function: ")
        assert reason in lines[0]
        assert lines[1] == "client"
