"""Wrong input by hand: where, what, what to do; the right exit code; no traceback; nothing left."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.functional.conftest import Project, ProjectOf

HEAD = """
import sparta
from sparta import events
from sparta.aws import Queue, Table
orders = Table("Orders", key="id")
jobs = Queue("Jobs")
"""
CASES = {
    "a handler with a wrong signature": (
        """
        @sparta.function()
        def wrong(a, b, c): ...
        sparta.main("Bad", functions=[wrong])
        """,
        ["app.py:8", "wrong takes 3 arguments (a, b, c)", "an event and a context"],
    ),
    "a handler of other events than its trigger's": (
        """
        @sparta.function(on=jobs.messages())
        def wrong(event: events.S3): ...
        sparta.main("Bad", functions=[wrong])
        """,
        ["app.py:8", "they are events.Sqs", "annotate its first argument"],
    ),
    "a function that cannot be located": (
        'sparta.main("Bad", functions=[sparta.Function(lambda: 1, name="hidden")])',
        ["app.py:7", "'hidden' cannot be found", "module-level name"],
    ),
    "two functions of one name": (
        """
        one = sparta.Function(lambda: 1, name="same name")
        two = sparta.Function(lambda: 2, name="same-name")
        sparta.main("Bad", functions=[one, two])
        """,
        ["app.py:9", "app.py:8", "both be named 'same_name'", "another name="],
    ),
    "a grant for an action the resource does not have": (
        """
        @sparta.function(uses=[orders.grant("GetObject")])
        def f(): ...
        sparta.main("Bad", functions=[f])
        """,
        ["app.py:8", "has no action 'GetObject'", "use one of", "PutItem"],
    ),
    "a token looked into while modules are imported": (
        'if orders.name.startswith("x"): pass',
        ["app.py:7", "Orders.Ref is known only after deployment", "`startswith`"],
    ),
    "a module that does not import": (
        "import no_such_module_anywhere",
        ["app.py:7", "no_such_module_anywhere"],
    ),
    "a syntax error": ("def f(:", ["app.py:7"]),
    "no call of sparta.main": ("", ["app.py", "sparta.main"]),
    "the decorator without brackets": (
        "@sparta.function\ndef f(): ...",
        ["app.py:7", "@sparta.function()"],
    ),
}


def write(folder: Path, source: str) -> None:
    (folder / "app.py").write_text(HEAD + textwrap.dedent(source))
    (folder / "pyproject.toml").write_text('[tool.sparta]\napp = "app.py"\n')


@pytest.fixture
def bad(project_of: ProjectOf, tmp_path: Path) -> Project:
    empty = tmp_path / "bad"
    empty.mkdir()
    return project_of(empty, "Bad")


RUNS = [(command, name) for name in CASES for command in ("sparta", "script")]
SCRIPTS_ONLY_FAIL_THEMSELVES = {("script", "a syntax error"), ("script", "no call of sparta.main")}
"""Nothing of Sparta runs in these, so `python app.py` is any script."""


@pytest.mark.parametrize(
    ("command", "name"), [run for run in RUNS if run not in SCRIPTS_ONLY_FAIL_THEMSELVES]
)
def test_a_declaration_that_cannot_work(bad: Project, command: str, name: str) -> None:
    source, expected = CASES[name]
    write(bad.folder, source)
    run = bad.sparta if command == "sparta" else bad.run
    shown = run("provision", "--noop", exit_code=1)
    for text in expected:
        assert text in shown
    assert "Traceback" not in shown
    assert not list(bad.folder.glob(".sparta/*.zip"))


def test_debug_shows_the_traceback(bad: Project) -> None:
    write(bad.folder, "import no_such_module_anywhere")
    shown = bad.sparta("--debug", "provision", "--noop", exit_code=1)
    assert "Traceback" in shown


def test_all_problems_come_at_once(bad: Project) -> None:
    write(
        bad.folder,
        """
        @sparta.function(memory_mb=1, timeout_s=0)
        def f(a, b, c): ...
        sparta.main("Bad", functions=[f])
        """,
    )
    shown = bad.sparta("provision", "--noop", exit_code=1)
    for text in ("memory_mb=1", "timeout_s=0", "takes 3 arguments"):
        assert text in shown


GOOD = """
@sparta.function()
def f(): return "f"
sparta.main("Bad", functions=[f])
"""


def test_a_dependency_without_a_wheel_for_the_target(bad: Project) -> None:
    write(bad.folder, GOOD)
    # Published as source only, so there is no wheel of it for any target.
    (bad.folder / "requirements.txt").write_text("pyspark==3.5.0\n")
    shown = bad.sparta("provision", "--noop", exit_code=1)
    assert "pyspark" in shown
    assert "wheel" in shown
    assert "Traceback" not in shown
    assert not list(bad.folder.glob(".sparta/*.zip"))


def test_an_archive_over_the_limit(bad: Project) -> None:
    write(bad.folder, GOOD)
    with (bad.folder / "huge.bin").open("wb") as file:
        file.truncate(251 * 1024 * 1024)
    shown = bad.sparta("provision", "--noop", exit_code=1)
    assert "huge.bin" in shown
    assert "250" in shown
    assert not list(bad.folder.glob(".sparta/*.zip"))


@pytest.mark.parametrize("name", ["index.py", "bootstrap", "_sparta.py", "sparta.py"])
def test_a_module_with_a_reserved_name(bad: Project, name: str) -> None:
    write(bad.folder, GOOD)
    (bad.folder / name).write_text("x = 1\n")
    shown = bad.sparta("provision", "--noop", exit_code=1)
    assert name in shown
    assert "Traceback" not in shown


def test_no_bucket_and_no_local_is_a_usage_error(bad: Project) -> None:
    write(bad.folder, GOOD)
    shown = bad.sparta("provision", exit_code=2)
    assert "--s3-bucket" in shown
    assert "--local" in shown


def test_no_credentials_names_both_ways(bad: Project) -> None:
    write(bad.folder, GOOD)
    shown = bad.sparta("provision", "--s3-bucket", "b", "--region", "eu-south-1", exit_code=1)
    assert "credentials" in shown
    assert "--local" in shown
    assert "Traceback" not in shown


def test_a_missing_bucket_leaves_nothing(bad: Project) -> None:
    write(bad.folder, GOOD)
    shown = bad.sparta("provision", "--local", "--s3-bucket", "no-such-bucket", exit_code=1)
    assert "no-such-bucket" in shown
    assert "Traceback" not in shown
    assert bad.client("cloudformation").list_stacks()["StackSummaries"] == []


def test_a_bucket_in_another_region(bad: Project) -> None:
    write(bad.folder, GOOD)
    bad.sparta("local", "start")
    bad.client("s3").create_bucket(
        Bucket="elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    shown = bad.sparta("provision", "--local", "--s3-bucket", "elsewhere", exit_code=1)
    assert "eu-west-1" in shown
    assert "us-east-1" in shown
    assert bad.client("cloudformation").list_stacks()["StackSummaries"] == []
