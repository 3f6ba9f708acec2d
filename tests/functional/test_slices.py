"""Sliced functions in real archives, under both runtimes and behind each door."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import running_minor
from sparta.local.sandbox import Execution, Sandbox

if TYPE_CHECKING:
    from tests.functional.conftest import ProjectOf

APPLICATION = Path(__file__).parent / "applications" / "sliced.txt"
WRAPPER = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"}
WAYS = {
    "python": (("--runtime", "python"), "index", {}),
    "bootstrap": (("--runtime", "native"), "index", WRAPPER),
    "takeover": (("--runtime", "native", "--door", "takeover"), "_sparta_takeover", {}),
    "handler": (("--runtime", "native", "--door", "handler"), "_sparta_handler", {}),
}
REQUEST = {"version": "2.0", "requestContext": {"http": {"method": "POST", "path": "/"}}}


def write(folder: Path) -> None:
    """Write the application's files."""
    folder.mkdir(parents=True, exist_ok=True)
    for section in APPLICATION.read_text().split("\n=== ")[1:]:
        name, text = section.split("\n", 1)
        (folder / name).write_text(text)


class Archive:
    """One unpacked archive, and how its functions are started."""

    def __init__(self, folder: Path, way: str, *more: str) -> None:
        self.folder = folder
        options, self.module, self.variables = WAYS[way]
        write(folder)
        made = subprocess.run(
            [sys.executable, "app.py", "provision", "--noop", *options, *more],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        self.log = made.stdout
        assert made.returncode == 0, made.stdout + made.stderr
        self.task_root = folder / "task"
        with zipfile.ZipFile(folder / ".sparta" / "Sliced-code.zip") as archive:
            archive.extractall(self.task_root)
        if WRAPPER["AWS_LAMBDA_EXEC_WRAPPER"] in self.variables.values():
            (self.task_root / "bootstrap").chmod(0o755)
        # The managed runtime has a boto3; here it is this environment's.
        self.boto3 = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))

    def call(self, function: str, event: object) -> Execution:
        configuration = FunctionConfiguration(
            f"{self.module}.{function}",
            f"python{running_minor()}",
            environment={**self.variables, "PYTHONPATH": self.boto3},
            timeout_s=20.0,
        )
        with Sandbox(configuration, self.task_root) as sandbox:
            return sandbox.invoke(Invocation(json.dumps(event).encode(), request_id="r-1"))

    def answer(self, function: str, event: object) -> Any:
        execution = self.call(function, event)
        assert execution.outcome.kind == "response", execution.log
        return json.loads(execution.outcome.body)


@pytest.fixture(scope="module", params=WAYS)
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, native_library: Path
) -> Archive:
    assert native_library.is_file()
    return Archive(tmp_path_factory.mktemp("slices") / "app", request.param)


def test_the_console_and_the_report_say_what_was_dropped(archive: Archive) -> None:
    assert "Functions=5 of 6 Without=boto3,decimal" in archive.log
    report = (archive.folder / ".sparta" / "Sliced-slices" / "report.txt").read_text()
    assert "light: app.py without boto3" in report
    assert "nothing that stays reads it" in report
    kept = (archive.folder / ".sparta" / "Sliced-slices" / "light.py").read_text()
    assert kept == (archive.task_root / "_sparta_sliced" / "light.py").read_text()


def test_sliced_function_has_its_module_without_the_rest(archive: Archive) -> None:
    answer = archive.answer("light", {})
    assert answer["modules"] == []
    assert answer["orders"] == answer["own"], "the module was imported twice"
    assert (answer["module"], Path(answer["file"]).name) == ("app", "app.py")


def test_function_that_needs_it_has_all(archive: Archive) -> None:
    assert archive.answer("heavy", {})[:2] == ["s3", "boto3"]


def test_typed_request_is_decoded(archive: Archive) -> None:
    event = {**REQUEST, "headers": {"content-type": "application/json"}, "body": '{"sku": "a"}'}
    answer = archive.answer("typed", event)
    assert json.loads(answer["body"]) == {"sku": "a", "qty": 1}
    refused = archive.answer("typed", {**event, "body": "{}"})
    assert refused["statusCode"] == 400
    assert "body.sku: missing" in refused["body"]


def test_tracebacks_name_the_users_file_and_line(archive: Archive) -> None:
    source = (archive.task_root / "app.py").read_text().splitlines()
    line = source.index('    raise ValueError("no")')
    execution = archive.call("fails", {})
    assert execution.outcome.kind == "error"
    trace = json.loads(execution.outcome.body)["stackTrace"][-1]
    assert f'app.py", line {line + 1}, in fails\n    raise ValueError("no")' in trace
    assert f"line {line + 1}, in fails\n    raise ValueError" in archive.answer("told", {})


def test_dropped_name_that_a_library_asks_for_is_there(archive: Archive) -> None:
    answer = archive.answer("pickled", {})
    assert answer[:2] == ["3.5", "app"]
    assert "boto3" in answer[2]


def test_no_slice(tmp_path: Path) -> None:
    whole = Archive(tmp_path / "app", "python", "--no-slice")
    assert "Sliced functions" not in whole.log
    assert not (whole.task_root / "_sparta_slices.py").exists()
    assert "boto3" in whole.answer("light", {})["modules"]


def test_sliced_functions_on_the_local_aws(
    project_of: ProjectOf, native_library: Path, tmp_path: Path
) -> None:
    assert native_library.is_file()
    write(tmp_path / "sliced")
    project = project_of(tmp_path / "sliced")
    for runtime in ("python", "native"):
        log = project.run("provision", "--local", "--runtime", runtime)
        assert "Functions=5 of 6" in log
        shown = project.run("invoke", "light", "--local")
        assert json.loads(shown.splitlines()[-1])["modules"] == []
    project.run("delete", "--local", "--purge")
