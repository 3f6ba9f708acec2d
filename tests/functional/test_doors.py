"""One archive, every way into it: each door, and the kill switch; what agents do to them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import running_minor
from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AGENTS = Path(__file__).parent / "applications" / "agents"
"""What others put into an archive."""
RUNTIME = f"python{running_minor()}"
WRAPPER = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"}
DOORS = {
    "bootstrap": ("index", WRAPPER),
    "takeover": ("_sparta_takeover", {}),
    "handler": ("_sparta_handler", {}),
    "kill switch": ("index", {}),
}


@pytest.fixture(scope="session")
def project(
    tmp_path_factory: pytest.TempPathFactory, native_library: Path, project_root: Path
) -> Path:
    """Return a folder with the application."""
    assert native_library.is_file()
    folder = tmp_path_factory.mktemp("doors")
    shutil.copy(project_root / "tests" / "functional" / "applications" / "doors" / "app.py", folder)
    return folder


def provisioned(folder: Path, *options: str) -> tuple[dict[str, Any], Path]:
    """Return the template and the unpacked archive."""
    made = subprocess.run(
        [sys.executable, "app.py", "provision", "--noop", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    artifacts = folder / ".sparta"
    template = json.loads((artifacts / "Doors-cftemplate.json").read_text())
    task_root = folder / "-".join(("task", *options))
    shutil.rmtree(task_root, ignore_errors=True)
    with zipfile.ZipFile(artifacts / "Doors-code.zip") as archive:
        for entry in archive.infolist():
            extracted = archive.extract(entry, task_root)
            if entry.external_attr >> 16 & 0o100:
                subprocess.run(["chmod", "+x", extracted], check=True)
    return template, task_root


@pytest.fixture(scope="session")
def task_roots(project: Path) -> dict[str, Path]:
    """Return the unpacked archive of each door; the kill switch is for the bootstrap's."""
    made = {name: provisioned(project, "--door", name)[1] for name in ("takeover", "handler")}
    # Not asked for by name: one of the functions has an exec wrapper of its own.
    bootstrap = provisioned(project)[1]
    return {**made, "bootstrap": bootstrap, "kill switch": bootstrap}


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def task_root(task_roots: dict[str, Path], door: str) -> Path:
    """Return the unpacked archive of the door that is asked for."""
    return task_roots[door]


class Opened:
    """One function behind one door."""

    def __init__(self, task_root: Path, handler: str, environment: Mapping[str, str]) -> None:
        configuration = FunctionConfiguration(
            handler, RUNTIME, environment=environment, timeout_s=20.0
        )
        self.sandbox = Sandbox(configuration, task_root)

    def answer(self, event: object) -> Any:
        execution = self.sandbox.invoke(Invocation(json.dumps(event).encode(), request_id="r-1"))
        assert execution.outcome.kind == "response", execution.log
        return json.loads(execution.outcome.body)


def opened(task_root: Path, door: str, function: str, **environment: str) -> Iterator[Opened]:
    module, variables = DOORS[door]
    made = Opened(task_root, f"{module}.{function}", {**variables, **environment})
    with made.sandbox:
        yield made


def test_each_door_serves_and_is_the_one_asked_for(task_root: Path, door: str) -> None:
    for function in opened(task_root, door, "show"):
        shown = function.answer({"a": [1, "é"]})
        assert shown["event"] == {"a": [1, "é"]}
        assert shown["context"] == "awslambdaric.lambda_context.LambdaContext"
        assert shown["request_id"] == "r-1"
        modules, callers = shown["modules"], shown["callers"]
        if door == "bootstrap":
            assert modules == ["_sparta"]
            assert callers == ["show", "<module>"]
        if door == "takeover":
            assert modules == ["_sparta", "awslambdaric.bootstrap"]
            assert "_get_handler" in callers
            assert "handle_event_request" not in callers
        if door == "handler":
            assert modules == ["_cffi_backend", "awslambdaric.bootstrap"]
            assert callers[:3] == ["show", "answer", "handle_event_request"]
        if door == "kill switch":
            assert modules == ["awslambdaric.bootstrap"]
            assert "handle_event_request" in callers


def test_native_code_sees_current_credentials(task_root: Path, door: str) -> None:
    given = {"AWS_CONTAINER_AUTHORIZATION_TOKEN": "t0"}
    for function in opened(task_root, door, "credentials", **given):
        assert function.answer({})[3] == "t0"
        for number in (1, 2):
            endpoint = f"http://127.0.0.1:9001/{number}"
            rotated = {
                "AWS_ACCESS_KEY_ID": f"AKIA{number}",
                "AWS_SESSION_TOKEN": f"session{number}",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": endpoint,
            }
            expected = [f"AKIA{number}", f"session{number}", endpoint, "t0"]
            assert function.answer(rotated) == expected
            assert function.answer({}) == expected


def test_each_door_logs_as_aws_client_does(task_root: Path, door: str) -> None:
    for function in opened(task_root, door, "logs"):
        event = Invocation(b'"no"', request_id="r-2")
        execution = function.sandbox.invoke(event)
        assert execution.outcome.kind == "error"
        error = json.loads(execution.outcome.body)
        assert (error["errorType"], error["errorMessage"], error["requestId"]) == (
            "ValueError",
            "no",
            "r-2",
        )
        assert [text.partition(", in ")[2].partition("\n")[0] for text in error["stackTrace"]] == [
            "logs"
        ]
        assert "Z\tr-2\tcareful\n" in execution.log
        structured = [line for line in execution.log.splitlines() if '"structured"' in line]
        assert [json.loads(line)["requestId"] for line in structured] == ["r-2"]
        assert execution.log.count("[ERROR] ValueError: no\rTraceback") == 1


@pytest.mark.parametrize("door", ["takeover"], indirect=True)
@pytest.mark.parametrize("variable", ["AWS_LAMBDA_MAX_CONCURRENCY", "_HANDLER"])
def test_the_takeover_leaves_to_aws_client_what_is_its(task_root: Path, variable: str) -> None:
    agent = task_root / "agent.py"
    agent.write_text(
        textwrap.dedent("""
            import _sparta_takeover
            handler = _sparta_takeover.show
        """)
    )
    function = Opened(
        task_root,
        "agent.handler" if variable == "_HANDLER" else "_sparta_takeover.show",
        {} if variable == "_HANDLER" else {variable: "2"},
    )
    with function.sandbox:
        assert "handle_event_request" in function.answer({})["callers"]


@pytest.mark.parametrize("door", ["bootstrap", "takeover", "handler"], indirect=True)
def test_without_the_library_aws_client_serves(task_root: Path, tmp_path: Path, door: str) -> None:
    without = tmp_path / "task"
    shutil.copytree(task_root, without)
    (without / "_sparta.abi3.so").unlink()
    for function in opened(without, door, "show"):
        execution = function.sandbox.invoke(Invocation(b"{}", request_id="r-3"))
        assert execution.outcome.kind == "response", execution.log
        assert "handle_event_request" in json.loads(execution.outcome.body)["callers"]
        assert execution.log.count("sparta: AWS's client serves this function: ") == 1


@pytest.mark.parametrize("door", ["bootstrap"], indirect=True)
def test_after_a_change_of_its_python_aws_client_serves(
    task_root: Path, interpreters: dict[str, Path]
) -> None:
    others = [minor for minor in interpreters if minor != running_minor()]
    if not others:
        pytest.skip("there is one CPython only on this machine")
    settings = FunctionConfiguration(
        "index.show", f"python{others[0]}", environment=WRAPPER, timeout_s=20.0
    )
    with Sandbox(settings, task_root) as sandbox:
        execution = sandbox.invoke(Invocation(b"{}", request_id="r-5"))
    assert execution.outcome.kind == "response", execution.log
    assert "handle_event_request" in json.loads(execution.outcome.body)["callers"]
    warning = "sparta: AWS's client serves this function: packaged for Python "
    assert execution.log.count(warning) == 1


@pytest.mark.parametrize("door", ["handler"], indirect=True)
@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("_sparta_handler.credentials", "no marshaller of AWS's client to replace"),
        ("agent.handler", "another handler is in front"),
    ],
)
def test_a_marshaller_of_the_application_stays(
    task_root: Path, tmp_path: Path, setting: str, reason: str
) -> None:
    folder = tmp_path / "task"
    shutil.copytree(task_root, folder)
    shutil.copy(AGENTS / "loud.py", folder)
    (folder / "loud.pth").write_text("import loud\n")
    (folder / "agent.py").write_text("from _sparta_handler import credentials as handler\n")
    with Opened(folder, setting, {}).sandbox as sandbox:
        logs = []
        for name in ("a", "b"):
            event = json.dumps({"AWS_SESSION_TOKEN": name}).encode()
            execution = sandbox.invoke(Invocation(event, request_id="r-4"))
            assert json.loads(execution.outcome.body)[1] == name.upper(), execution.log
            logs.append(execution.log)
    assert "".join(logs).count(f"sparta: {reason}: events are re-encoded") == 1


@pytest.mark.parametrize("door", ["handler"], indirect=True)
def test_the_library_stays_when_nobody_holds_it(task_root: Path, tmp_path: Path) -> None:
    # Datadog's tracer asks for the handler, and lets go of it.
    folder = tmp_path / "task"
    shutil.copytree(task_root, folder)
    shutil.copy(AGENTS / "agent.py", folder)
    with Opened(folder, "agent.handler", {}).sandbox as sandbox:
        execution = sandbox.invoke(Invocation(b"{}", request_id="r-5"))
        assert execution.outcome.kind == "response", execution.log


def test_a_function_with_a_wrapper_of_its_own_is_taken_over(project: Path) -> None:
    template, folder = provisioned(project)
    functions = {
        body["Properties"]["Handler"]: body["Properties"]["Environment"]["Variables"]
        for body in template["Resources"].values()
        if body["Type"] == "AWS::Lambda::Function"
    }
    wrappers = {name: given.get("AWS_LAMBDA_EXEC_WRAPPER") for name, given in functions.items()}
    assert wrappers == {
        "index.show": "/var/task/bootstrap",
        "index.credentials": "/var/task/bootstrap",
        "index.logs": "/var/task/bootstrap",
        "_sparta_takeover.watched": "/opt/agent",
    }
    assert not (folder / "_sparta_handler.py").exists()
    assert not list(folder.glob("_cffi_backend*"))
    agent = folder / "agent"
    agent.write_text('#!/bin/sh\nexec "$@"\n')
    agent.chmod(0o755)
    environment = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/agent"}
    function = Opened(folder, "_sparta_takeover.watched", environment)
    with function.sandbox:
        assert "_get_handler" in function.answer({})


def test_a_door_without_the_native_runtime_is_refused(project: Path) -> None:
    refused = subprocess.run(
        [sys.executable, "app.py", "provision", "--noop", "--runtime=python", "--door=handler"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "add --runtime native, or leave out --door" in refused.stdout + refused.stderr
