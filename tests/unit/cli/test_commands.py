"""What commands do where no AWS is needed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import orjson
import pytest

from sparta.cli.group import COMMANDS, sparta
from sparta.cli.invoke import _event
from sparta.cli.tags import pairs_of
from sparta.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

HEAVY = {"boto3", "botocore", "rich", "orjson", "uv", "importlib.metadata", "tomllib"}
STAGES = ("deploy", "local", "package", "template", "app.application", "testing")


def test_help_names_every_command(run: Callable[..., Result]) -> None:
    text = run("--help").output
    for name, line in COMMANDS.items():
        assert f"  {name} " in text
        assert line in " ".join(text.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_begins_as_the_list_says(run: Callable[..., Result], name: str) -> None:
    assert COMMANDS[name] in run(name, "--help").output


def test_help_imports_only_what_it_needs() -> None:
    code = (
        "import sys\n"
        "from sparta.cli import main\n"
        "sys.argv = ['sparta', '--help']\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print(sorted(sys.modules))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(ast.literal_eval(run.stdout.splitlines()[-1]))
    stages = tuple(f"sparta.{stage}" for stage in STAGES)
    assert "sparta.cli.group" in loaded
    assert {name for name in loaded if name.startswith("sparta.cli.")} <= {
        f"sparta.cli.{name}" for name in ("console", "exits", "group", "options", "session")
    }
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith(stages)} == set()


def test_without_arguments_help_is_shown(run: Callable[..., Result]) -> None:
    assert "Usage: sparta" in run(exit_code=2).output


def test_version(run: Callable[..., Result]) -> None:
    assert run("version").output.startswith("sparta ")


def test_module_runs_as_the_script_does() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "sparta", "version"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert run.stdout.startswith("sparta ")


@pytest.mark.usefixtures("app")
def test_noop_keeps_every_artifact_and_needs_no_aws(
    run: Callable[..., Result], folder: Path
) -> None:
    lines = run("provision", "-n", "-t", "team=blue").output.splitlines()
    assert lines[0].split() == ["[0000]", "INFO", "No", "AWS", "is", "called", "Option=--noop"]
    assert any("NOOP=true Tags=team=blue" in line for line in lines)
    template = orjson.loads((folder / ".sparta" / "Shop-cftemplate.json").read_bytes())
    assert "CodeBucket" in template["Parameters"]
    with zipfile.ZipFile(folder / ".sparta" / "Shop-code.zip") as archive:
        assert {"app.py", "index.py"} <= set(archive.namelist())
    assert "Total elapsed time" in lines[-1]


def test_script_is_the_same_command_line(app: Path) -> None:
    run = subprocess.run(
        [sys.executable, app.name, "provision", "--noop"],
        cwd=app.parent,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert (app.parent / ".sparta" / "Shop-code.zip").is_file()


def test_reader_that_goes_away_is_no_failure_of_sparta() -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "sparta", "local", "stop"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_script_has_no_app_option(app: Path) -> None:
    run = subprocess.run(
        [sys.executable, app.name, "--app", "other.py", "status"],
        cwd=app.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 2
    assert "The application is the script itself" in run.stderr


@pytest.mark.usefixtures("app")
def test_invalid_declaration_tells_all_problems(run: Callable[..., Result], folder: Path) -> None:
    text = (folder / "app.py").read_text()
    (folder / "app.py").write_text(text.replace('"Shop"', '"2 Shops"').replace("()\n", "()\n", 1))
    assert "2 Shops" in run("provision", "--noop", exit_code=1).stderr


@pytest.mark.usefixtures("app")
def test_local_aws_that_does_not_run(run: Callable[..., Result]) -> None:
    assert "The local AWS does not run" in run("local", "status", exit_code=1).stderr
    assert "The local AWS did not run" in run("local", "stop").output
    assert run("local", "logs").output == ""
    assert "nothing is deployed to it" in run("delete", "--local").output
    assert "nothing is deployed to it" in run("status", "--local", exit_code=1).stderr


def test_local_needs_no_application(run: Callable[..., Result]) -> None:
    assert "did not run" in run("local", "stop").output


def test_values_may_hold_anything() -> None:
    assert pairs_of(["a=b=c", "d=", "a=e"], "--tag") == {"a": "e", "d": ""}


def test_event_as_text_file_and_standard_input(tmp_path: Path, run: Callable[..., Result]) -> None:
    file = tmp_path / "event.json"
    file.write_text('{"a": 1}')
    assert _event(str(file)) == b'{"a": 1}'
    assert _event('{"b": 2}') == b'{"b": 2}'
    long = orjson.dumps({"long": "x" * 5000})
    assert _event(long.decode()) == long
    result = run("invoke", "sell", "-e", "-", given="{", exit_code=2)
    assert "standard input: The event is not valid JSON" in result.stderr


def test_event_that_is_no_json() -> None:
    with pytest.raises(UsageError, match="--event: The event is not valid JSON"):
        _event("nothing.json")


def test_group_knows_only_its_commands() -> None:
    assert sparta.name == "sparta"
