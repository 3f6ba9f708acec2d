"""examples/native_mix: a Python and a Rust function in one stack, through every door."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.conftest import Project

from sparta.local import daemon
from sparta.local.configuration import FunctionConfiguration
from sparta.local.invocation import Invocation
from sparta.local.managed_runtime import running_minor
from sparta.local.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.local.sandbox import Execution

pytestmark = pytest.mark.timeout(600)  # the first of them compiles: some 60 s of CPU

ROOT = Path(__file__).parents[2]
WRAPPER = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/bootstrap"}
MODULES = {
    "bootstrap": "index",
    "takeover": "_sparta_takeover",
    "handler": "_sparta_handler",
    "kill switch": "index",
}
DISCOVERY = {"Resources": {"Prices": {"Ref": "prices-1", "Arn": "arn:aws:dynamodb:::prices-1"}}}
PAPER = {"items": [{"sku": "paper", "qty": 2}]}


@pytest.fixture(scope="session")
def mix() -> Iterator[Project]:
    """Return the example, its library built; in one place for all runs, as cargo's cache is."""
    if shutil.which("cargo") is None:
        pytest.skip("no cargo on this machine")
    folder = ROOT / ".cache" / "tests" / "native_mix"
    ignored = shutil.ignore_patterns(".sparta", "__pycache__", "target")
    shutil.copytree(ROOT / "examples" / "native_mix", folder, dirs_exist_ok=True, ignore=ignored)
    made = provision(folder)
    assert made.returncode == 0, made.stdout
    yield Project(folder, "NativeMix")
    daemon.stop(folder)


def provision(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `provision --noop`."""
    return subprocess.run(
        [sys.executable, "app.py", "provision", "--noop", "--builder=zig", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def task_roots(mix: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the unpacked archive of each door."""
    roots = {}
    for door in ("bootstrap", "takeover", "handler"):
        made = provision(mix.folder, "--door", door)
        assert made.returncode == 0, made.stdout
        roots[door] = tmp_path_factory.mktemp(door)
        archive = mix.folder / ".sparta" / "NativeMix-code.zip"
        subprocess.run(["unzip", "-q", str(archive), "-d", str(roots[door])], check=True)
    return {**roots, "kill switch": roots["bootstrap"]}


class Rust:
    """One function in Rust behind one door."""

    def __init__(self, task_root: Path, door: str, function: str, exported: str) -> None:
        variables = WRAPPER if door == "bootstrap" else {}
        configuration = FunctionConfiguration(
            f"{MODULES[door]}.{function}",
            f"python{running_minor()}",
            environment={
                **variables,
                "SPARTA_RUST_FUNCTION": exported,
                "SPARTA_DISCOVERY_INFO": json.dumps(DISCOVERY),
            },
            timeout_s=20.0,
        )
        self.sandbox = Sandbox(configuration, task_root)

    def invoke(self, event: object) -> Execution:
        content = event if isinstance(event, bytes) else json.dumps(event).encode()
        return self.sandbox.invoke(Invocation(content, request_id="r-1"))

    def answer(self, event: object) -> Any:
        execution = self.invoke(event)
        assert execution.outcome.kind == "response", execution.log
        return json.loads(execution.outcome.body)

    def error(self, event: object) -> tuple[str, str]:
        execution = self.invoke(event)
        assert execution.outcome.kind == "error", execution.log
        found = json.loads(execution.outcome.body)
        assert found["requestId"] in ("r-1", "")
        assert f"[ERROR] {found['errorType']}: " in execution.log
        return found["errorType"], found["errorMessage"]


@pytest.mark.parametrize("door", MODULES)
def test_a_rust_function_answers_and_fails_through_each_door(
    task_roots: dict[str, Path], door: str
) -> None:
    quote = Rust(task_roots[door], door, "quote", "quote")
    with quote.sandbox:
        assert quote.answer(PAPER) == {"total_cents": 900, "table": "prices-1"}
        assert "r-1: 1 items\n" in quote.invoke(PAPER).log
        assert quote.error({"items": [{"sku": "ink", "qty": 1}]}) == (
            "UnknownItem",
            'nobody sells "ink" here',
        )
        assert quote.error({"items": [{"sku": "paper", "qty": "2"}]}) == (
            "EventError",
            'event.items[0].qty: invalid type: string "2", expected u32',
        )
        too_many = {"items": [{"sku": "paper", "qty": 4_000_000_000}]}
        assert quote.error(too_many) == ("Panic", "a total fits into 32 bits")
        # No start in between: the process that panicked is the one that answers.
        execution = quote.invoke(PAPER)
        assert execution.outcome.kind == "response"
        assert "INIT_START" not in execution.log


def test_nothing_of_the_application_is_imported_for_it(
    task_roots: dict[str, Path], tmp_path: Path
) -> None:
    bare = tmp_path / "task"
    kept = ("bootstrap", "_sparta.abi3.so")
    bare.mkdir()
    for name in kept:
        shutil.copy2(task_roots["bootstrap"] / name, bare)
    quote = Rust(bare, "bootstrap", "quote", "quote")
    with quote.sandbox:
        assert quote.answer(PAPER)["total_cents"] == 900


def test_a_name_that_the_library_has_not_is_an_error_of_the_start(
    task_roots: dict[str, Path],
) -> None:
    wrong = Rust(task_roots["bootstrap"], "bootstrap", "quote", "quoth")
    with wrong.sandbox:
        execution = wrong.invoke({})
    assert execution.outcome.kind != "response"
    assert "no Rust function 'quoth'; it has quote, quote_online" in execution.log


def test_the_stack_answers(mix: Project) -> None:
    made = mix.run("provision", "--local", "--builder=zig")
    assert "NativeMix" in made
    client = mix.client("lambda")

    def invoke(name: str, event: object) -> Any:
        function = f"NativeMix_{name}"
        answer = client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
        return json.loads(answer["Payload"].read())

    table = mix.outputs()["Prices"]
    assert (
        client.get_function_configuration(FunctionName="NativeMix_quote")["Handler"]
        == "index.quote"
    )
    assert invoke("quote", PAPER) == {"total_cents": 900, "table": table}
    assert invoke("greet", {"name": "Ada"}) == {"text": "Hello Ada", "table": table}
    assert post(mix, "/quotes?currency=CHF", PAPER) == (200, "900 CHF cents")
    status, body = post(mix, "/quotes", {"items": [{"sku": "paper"}]})
    assert (status, json.loads(body)) == (
        400,
        {
            "message": "The request is not valid",
            "errors": ["body.items[0]: missing field `qty`"],
        },
    )
    assert "The request is not valid: body.items[0]" in daemon.logs(mix.folder)
    mix.run("delete", "--local", "--purge")


def post(project: Project, path: str, body: object) -> tuple[int, str]:
    endpoint = daemon.status(project.folder)
    assert endpoint is not None
    url = endpoint.reachable(project.outputs()["shopUrl"]) + path
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_the_archive_holds_the_library_and_not_the_crate(mix: Project) -> None:
    with zipfile.ZipFile(mix.folder / ".sparta" / "NativeMix-code.zip") as archive:
        names = archive.namelist()
    assert "_sparta.abi3.so" in names
    assert not [name for name in names if name.startswith("native/")]


def test_a_name_that_the_crate_does_not_export_is_refused(mix: Project, tmp_path: Path) -> None:
    del tmp_path
    source = mix.folder / "app.py"
    before = source.read_text()
    try:
        source.write_text(before.replace('rust.function("quote",', 'rust.function("quoth",'))
        refused = provision(mix.folder)
    finally:
        source.write_text(before)
    assert refused.returncode == 1
    line = before[: before.index("quote = ")].count("\n") + 1
    assert f"{source}:{line}: the crate exports no function 'quoth'" in refused.stdout
    assert "it exports quote, quote_online" in refused.stdout


def test_what_the_compiler_says_is_about_the_users_file(mix: Project) -> None:
    source = mix.folder / "native" / "src" / "lib.rs"
    before = source.read_text()
    try:
        source.write_text(
            before.replace("#[derive(Debug, Deserialize)]\nstruct Basket", "struct Basket")
        )
        refused = provision(mix.folder)
    finally:
        source.write_text(before)
    assert refused.returncode == 1
    assert "error[E0277]: a Lambda function cannot take `Basket` as its event" in refused.stdout
    line = before[: before.index("fn quote(")].count("\n")
    assert f"--> {source}:{line}:" in refused.stdout
