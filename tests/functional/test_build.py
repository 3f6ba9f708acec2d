"""`sparta build`: what it makes without an AWS, and what it refuses before anything is sent."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparta.local import daemon

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.functional.conftest import Project, ProjectOf

HELLO = """
import sparta

@sparta.function()
def hello() -> str:
    return "hello"

if __name__ == "__main__":
    sparta.main("Shop", functions=[hello])
"""
MODULES = """
import sparta
import one, two, three, four, five

if __name__ == "__main__":
    sparta.main("Shop", functions=[one.one, two.two, three.three, four.four, five.five])
"""
TABLES = """
import sparta
from sparta.aws import Table

orders = Table("Orders", key="id")
"""


def function(name: str, options: str = "") -> str:
    return f"\n\nimport sparta\n\n@sparta.function({options})\ndef {name}() -> None: ...\n"


@pytest.fixture(autouse=True)
def no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configuration = tmp_path / "uv.toml"
    configuration.write_text("no-index = true\n")
    monkeypatch.setenv("UV_CONFIG_FILE", str(configuration))


def sparta(folder: Path, *arguments: str, exit_code: int = 0) -> str:
    """Run `sparta` with nothing of an account in sight; return what it printed."""
    program = Path(sys.executable).with_name("sparta")
    run = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.returncode == exit_code, run.stdout
    return run.stdout


def application(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def artifacts(folder: Path) -> dict[str, str]:
    found = sorted(file for file in (folder / ".sparta").glob("Shop-*") if file.is_file())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def test_build_noop_and_provision_make_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, project_of: ProjectOf
) -> None:
    source = application(tmp_path_factory.mktemp("same"), {"app.py": HELLO})
    built, noop = (project_of(source, "Shop") for _ in range(2))
    shown = built.sparta("build")
    assert "Option=build" in shown
    assert "noop flag" not in shown
    noop.sparta("provision", "--noop")
    provisioned = project_of(source, "Shop")
    provisioned.sparta("provision", "--local")
    assert artifacts(built.folder) == artifacts(noop.folder) == artifacts(provisioned.folder)
    assert artifacts(built.folder).keys() == {"Shop-cftemplate.json", "Shop-code.zip"}
    key = provisioned.stack()["Parameters"][1]["ParameterValue"]
    assert key == f"Shop/{artifacts(built.folder)['Shop-code.zip']}-code.zip"
    assert f"Value={key}" in shown


def test_sizes_are_shown_with_the_limits(tmp_path: Path) -> None:
    folder = application(tmp_path, {"app.py": HELLO, "words.txt": "x" * 2_000_000})
    lines = sparta(folder, "build").splitlines()
    start = next(number for number, line in enumerate(lines) if "Package Sizes" in line)
    rows = [line.split("INFO", 1)[1].split() for line in lines[start + 1 : start + 5]]
    assert [row[0] for row in rows] == ["application", "sparta", "together", "Lambda's"]
    assert rows[0][2:] == ["kB", "Unzipped=2.0", "MB"]
    assert "250 MB per function" in lines[start + 4]


def test_broken_imports_are_all_told_with_their_lines(tmp_path: Path) -> None:
    in_lambda = "import os\nif 'LAMBDA_TASK_ROOT' in os.environ:\n    "
    options = 'environment={"TABLE": orders.name}, uses=[orders.grant("GetItem")]'
    files = {
        "app.py": MODULES,
        "tables.py": TABLES,
        # Installed here, beside Sparta, and not among the application's dependencies.
        "one.py": "import os\n\nimport click\n" + function("one"),
        # Left out, as every test is.
        "two.py": "from tests.words import WORD\n" + function("two"),
        "tests/words.py": "WORD = 1\n",
        "three.py": in_lambda + "oh\n" + function("three"),
        # The managed runtime has boto3; nobody has credentials, and what tokens are is known.
        "four.py": "import boto3\nfrom tables import orders\n" + in_lambda + "boto3.client('s3')\n"
        "    assert 'AWS_ACCESS_KEY_ID' not in os.environ\n"
        "    assert os.environ['TABLE'] == orders.name == 'sparta-check-orders'\n"
        + function("four", options),
        "five.py": in_lambda + "os._exit(3)\n" + function("five"),
    }
    folder = application(tmp_path, files)
    shown = sparta(folder, "build", exit_code=1)
    assert f"{folder}/one.py:3: one cannot start in Lambda: ModuleNotFoundError: No module" in shown
    assert "add what brings 'click' to the project's dependencies" in shown
    assert f"{folder}/two.py:1: two cannot start in Lambda: ModuleNotFoundError" in shown
    assert f"{folder}/three.py:3: three cannot start in Lambda: NameError: name 'oh'" in shown
    assert "five cannot start in Lambda: the process ended with 3" in shown
    assert "four cannot start" not in shown
    assert shown.count(" ERROR ") == 4
    assert "Importing functions" not in sparta(folder, "build", "--no-import-check")


def test_a_function_below_the_main_guard_is_not_there_in_lambda(tmp_path: Path) -> None:
    below = """
import sparta

if __name__ == "__main__":
    @sparta.function()
    def hello() -> str:
        return "hello"

    sparta.main("Shop", functions=[hello])
"""
    shown = sparta(application(tmp_path, {"app.py": below}), "build", exit_code=1)
    assert f"{tmp_path}/app.py:5: hello cannot start in Lambda: AttributeError" in shown
    assert 'outside of `if __name__ == "__main__":`' in shown


def test_what_asks_aws_while_it_is_imported_is_a_note(tmp_path: Path) -> None:
    asks = "import os, boto3\n"
    asks += "if 'LAMBDA_TASK_ROOT' in os.environ:\n    boto3.client('s3').list_buckets()\n"
    shown = sparta(application(tmp_path, {"app.py": asks + HELLO}), "build")
    assert "WARN the import of hello is not checked" in shown
    assert "NoCredentialsError" in shown


def test_the_same_archive_is_imported_once(tmp_path: Path) -> None:
    folder = application(tmp_path, {"app.py": HELLO})
    assert "Importing functions" in sparta(folder, "build")
    assert "Importing functions" not in sparta(folder, "build")
    application(folder, {"app.py": HELLO.replace('"hello"', '"hi"')})
    assert "Importing functions" in sparta(folder, "build")


SHARED = """
import boto3
import sparta

client = boto3.client("s3", region_name="eu-west-1")

@sparta.function()
def hello(event):
    return "hello"

@sparta.function()
def listed(event):
    return client.list_buckets()

if __name__ == "__main__":
    sparta.main("Shop", functions=[hello, listed])
"""


@pytest.mark.parametrize("app", [HELLO, SHARED], ids=["one function", "two, sliced"])
def test_two_thousand_files_are_packaged_at_once_when_nothing_changed(
    tmp_path: Path, app: str
) -> None:
    modules = {f"rules/rule_{n}.py": f"WORDS = {n}\n" * 30 for n in range(2000)}
    folder = application(tmp_path, {"app.py": app, **modules})
    sparta(folder, "build", "--no-import-check")
    archive = folder / ".sparta" / "Shop-code.zip"
    first = archive.stat()
    shown = sparta(folder, "build", "--no-import-check")
    again = archive.stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)
    found = re.search(r"Creating code bundle +Duration \(s\)=([\d.]+)", shown)
    assert found
    assert float(found[1]) < 5  # 0.4 and 0.7 on a quiet machine
    archive.write_bytes(archive.read_bytes() + b"x")
    sparta(folder, "build", "--no-import-check")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in shown


ENVIRONMENTS = """
[tool.sparta.environments.test]
bucket = "shop-test"
[tool.sparta.environments.live]
bucket = "shop-live"
tags = {cost = "shop"}
"""


def test_a_package_for_codepipeline(tmp_path: Path) -> None:
    folder = application(tmp_path, {"app.py": HELLO, "pyproject.toml": ENVIRONMENTS})
    sparta(folder, "build", "-p", "shop", "--tag", "team=a")
    with zipfile.ZipFile(folder / ".sparta" / "shop.zip") as package:
        found = {name: json.loads(package.read(name)) for name in package.namelist()}
    template = json.loads((folder / ".sparta" / "Shop-cftemplate.json").read_bytes())
    assert found["cloudformation.json"] == template
    live = found["live.json"]
    assert live["Parameters"].keys() == template["Parameters"].keys()
    assert live["Parameters"]["CodeBucket"] == "shop-live"
    assert live["Tags"] == {"cost": "shop", "team": "a"}
    assert found["test.json"]["Parameters"] == {**live["Parameters"], "CodeBucket": "shop-test"}
    assert found.keys() == {"cloudformation.json", "live.json", "test.json"}


def test_a_package_for_codepipeline_needs_a_bucket(tmp_path: Path) -> None:
    folder = application(tmp_path, {"app.py": HELLO})
    shown = sparta(folder, "build", "-p", "shop.zip", exit_code=2)
    assert "parameters.json has no bucket for the code" in shown
    sparta(folder, "build", "-p", "shop.zip", "-s", "code")
    assert "cannot be the name" in sparta(folder, "build", "-p", "../shop", exit_code=2)


def test_a_pipeline_gets_its_package_and_the_stack_stays_alone(
    tmp_path_factory: pytest.TempPathFactory, project_of: ProjectOf
) -> None:
    source = application(tmp_path_factory.mktemp("pipeline"), {"app.py": HELLO})
    project: Project = project_of(source, "Shop")
    first = project.sparta("provision", "--local", "-p", "shop")
    assert "Uploading the pipeline's package" in first
    endpoint = daemon.status(project.folder)
    assert endpoint is not None
    s3 = project.client("s3")
    content = s3.get_object(Bucket=endpoint.bucket, Key="Shop/shop.zip")["Body"].read()
    assert content == (project.folder / ".sparta" / "shop.zip").read_bytes()
    assert project.client("cloudformation").describe_stacks()["Stacks"] == []
    again = project.sparta("provision", "--local", "-p", "shop")
    assert "The pipeline's package is unchanged" in again
    s3.create_bucket(Bucket="unversioned")
    refused = project.sparta("provision", "--local", "-p", "shop", "-s", "unversioned", exit_code=1)
    assert "CodePipeline cannot watch it" in refused
