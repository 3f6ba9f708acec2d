"""Declarations: what is gathered, located, refused, and warned about."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from sparta.app.application import Declaration, application_of
from sparta.app.main_module import importable
from sparta.app.names import entry_name, sanitised
from sparta.errors import DeclarationError

if TYPE_CHECKING:
    from pathlib import Path


Declare = Callable[..., Declaration]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Return a function that runs an application's source and gives its Declaration."""

    def run(source: str, file: str = "shop.py") -> Declaration:
        import sparta.entry

        monkeypatch.delitem(sys.modules, "sparta.native", raising=False)
        captured: list[Declaration] = []
        monkeypatch.setattr(sparta.entry, "capture", captured.append)
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = textwrap.dedent(source)
        path.write_text(text)
        module = ModuleType("shop")
        module.__file__ = str(path)
        monkeypatch.setitem(sys.modules, "shop", module)
        exec(compile(text, str(path), "exec"), module.__dict__)
        return captured[0]

    return run


HEAD = """
import sparta
from sparta import events
from sparta.aws import Bucket, Queue, Table
orders = Table("Orders", key="id")
jobs = Queue("Jobs")
"""


def problems(declare: Declare, source: str) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        application_of(declare(HEAD + textwrap.dedent(source)))
    return [str(problem) for problem in caught.value.problems]


def test_functions_are_found_by_name_and_as_elements(declare: Declare) -> None:
    application = application_of(
        declare(
            HEAD
            + """
@sparta.function()
def one(): ...
made = [sparta.Function(lambda n=n: n, name=f"made {n}") for n in range(2)]
by_key = {"x": sparta.Function(lambda: 0, name="keyed")}
api = sparta.HttpApi("a").get("/", one)
sparta.main("Shop", functions=[*made, by_key["x"]], api=api, resources=[orders])
"""
        )
    )
    paths = {name: (entry.module, entry.path) for name, entry in application.entries.items()}
    assert paths == {
        "one": ("shop", ("one",)),
        "made_0": ("shop", ("made", 0)),
        "made_1": ("shop", ("made", 1)),
        "keyed": ("shop", ("by_key", "x")),
    }
    assert [resource.logical_id for resource in application.resources] == ["Orders"]
    assert application.runtime == "python"
    assert application.module == "shop"


def test_used_resources_trigger_sources_and_dead_letter_queues_are_deployed(
    declare: Declare,
) -> None:
    application = application_of(
        declare(
            HEAD
            + """
bad = Queue("Bad")
work = Queue("Work", dead_letter=bad)
@sparta.function(uses=[orders.grant("PutItem")], on=work.messages())
def take(event: events.Sqs): ...
sparta.main("Shop", functions=[take])
"""
        )
    )
    assert {r.logical_id for r in application.resources} == {"Orders", "Work", "Bad"}


def test_a_forgotten_function_is_warned_about(declare: Declare) -> None:
    application = application_of(
        declare(
            HEAD
            + """
@sparta.function()
def one(): ...
@sparta.function()
def two(): ...
sparta.main("Shop", functions=[one])
"""
        )
    )
    (warning,) = application.warnings
    assert "'two' is defined but not deployed" in warning
    assert "shop.py:10" in warning


def test_a_function_that_cannot_be_located_is_an_error(declare: Declare) -> None:
    (text,) = problems(
        declare, 'sparta.main("Shop", functions=[sparta.Function(lambda: 1, name="x")])'
    )
    assert "shop.py:7" in text
    assert "cannot be found in any module" in text
    assert "module-level name" in text


def test_two_functions_of_one_name(declare: Declare) -> None:
    (text,) = problems(
        declare,
        """
        a = sparta.Function(lambda: 1, name="a b")
        b = sparta.Function(lambda: 1, name="a-b")
        sparta.main("Shop", functions=[a, b])
        """,
    )
    assert "both be named 'a_b'" in text
    assert "another name=" in text


def test_all_problems_are_reported_at_once_each_with_its_place(declare: Declare) -> None:
    found = problems(
        declare,
        """
        @sparta.function(memory_mb=64, timeout_s=1000, environment={"AWS_X": "1"})
        def three(a, b, c): ...
        @sparta.function(uses=[orders.grant("GetObject"), orders], on=jobs.messages())
        def wrong(event: events.S3): ...
        api = sparta.HttpApi("a").get("x", three)
        other = Table("Orders", key="k")
        sparta.main("no good!", functions=[wrong, len], api=api, resources=[other])
        """,
    )
    expected = [
        "service name 'no good!' is not a stack name",
        "<built-in function len> is not a Function",
        "handler 'wrong' does not take the events of its trigger: they are events.Sqs",
        "AWS::DynamoDB::Table Orders has no action 'GetObject'",
        "uses=<AWS::DynamoDB::Table Orders> of 'wrong' is not a grant",
        "the handler three takes 3 arguments (a, b, c)",
        "memory_mb=64 of 'three' is out of range",
        "timeout_s=1000 of 'three' is out of range",
        "environment variable 'AWS_X' of 'three' cannot be set",
        "path 'x' does not start with a slash",
        "two resources are named 'Orders'",
    ]
    for text in expected:
        assert any(text in problem for problem in found), (text, found)
    assert all("shop.py:" in problem for problem in found)
    assert len(found) == len(expected)


def test_the_decorator_without_brackets(declare: Declare) -> None:
    with pytest.raises(
        DeclarationError, match=r"written with brackets\n  write `@sparta.function\(\)`"
    ):
        declare(HEAD + "@sparta.function\ndef f(): ...")


def test_a_handler_of_several_events_takes_those_triggers_and_no_other(declare: Declare) -> None:
    source = """
        files = Bucket("Files")
        @sparta.function(on=(jobs.messages(), files.created()))
        def both(event: events.S3 | events.Sqs): ...
        @sparta.function(on=(jobs.messages(), sparta.schedule("rate(1 day)")))
        def wrong(event: events.S3 | events.Sqs): ...
        sparta.main("Shop", functions=[both, wrong])
        """
    (text,) = problems(declare, source)
    assert "'wrong' does not take the events of its trigger: they are events.Scheduled" in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('sparta.main("Shop", resources=[3])', "3 is not a resource"),
        ('sparta.main("Shop", description=None, resources=[jobs])', "None is not a text"),
        ('sparta.main("Shop", tags={"a": 3}, resources=[jobs])', "tag 'a'=3 cannot be set"),
        ('sparta.main("Shop", tags={"aws:x": "y"}, resources=[jobs])', "tag 'aws:x'='y'"),
        ('sparta.main("Shop", python="3.9", resources=[jobs])', "python='3.9' is not supported"),
        ('sparta.main("Shop", architecture="vax", resources=[jobs])', "not one of Lambda's"),
        ("one(environment={'A': 3})", "environment variable 'A' of 'one' is 3, not a text"),
        ("one(environment={'1a': '3'})", "'1a' of 'one' is not the name"),
        ("one(memory_mb=256.0)", "memory_mb=256.0 of 'one' is out of range"),
        ("one(on=sparta.schedule('daily'))", "schedule 'daily'"),
        ("one(on=jobs.messages(batch_size=0))", "batch_size=0 is out of range"),
        ("one(on=jobs.messages(batch_size=11))", "batch_size=11 needs a window"),
        ("one(on=jobs.messages(window_s=301))", "window_s=301 is out of range"),
        ("route('/a/{b')", "path '/a/{b'"),
        ("route('/a/{b}/{b}')", "a parameter stands twice"),
        ("route('/a/x{b}')", "'x{b}' is not a parameter"),
    ],
)
def test_values_that_no_type_checker_saw(declare: Declare, source: str, expected: str) -> None:
    shortcuts = """
def one(**options):
    global f
    f = sparta.Function(lambda: 1, name="one", **options)
    sparta.main("Shop", functions=[f])
def route(path):
    global f
    f = sparta.Function(lambda: 1, name="one")
    sparta.main("Shop", api=sparta.HttpApi("a").get(path, f))
"""
    (text,) = problems(declare, shortcuts + source)
    assert expected in text


def test_the_bootstrap_door_needs_the_place_of_the_exec_wrapper(declare: Declare) -> None:
    source = """
@sparta.function(environment={"AWS_LAMBDA_EXEC_WRAPPER": "/opt/agent"})
def watched(): ...
sparta.main("Shop", functions=[watched])
"""
    declaration = declare(HEAD + source)
    assert application_of(declaration, runtime="native").door == "bootstrap"
    with pytest.raises(DeclarationError, match="'watched' has an exec wrapper"):
        application_of(declaration, runtime="native", door="bootstrap")


@pytest.mark.parametrize(
    ("name", "sanitised_name", "entry"),
    [
        ("Hello world test", "Hello_world_test", "Hello_world_test"),
        ("a--b", "a_b", "a_b"),
        ("9 lives", "9_lives", "_9_lives"),
        ("-x-", "_x_", "_x_"),
        ("né", "n_", "n_"),
    ],
)
def test_names(name: str, sanitised_name: str, entry: str) -> None:
    assert sanitised(name) == sanitised_name
    assert entry_name(name) == entry


def test_importable_names(tmp_path: Path) -> None:
    package = tmp_path / "src" / "shop" / "orders"
    package.mkdir(parents=True)
    (tmp_path / "src" / "shop" / "__init__.py").touch()
    assert importable(str(tmp_path / "app.py")) == (str(tmp_path), "app")
    assert importable(str(package / "app.py")) == (str(package), "app")
    (package / "__init__.py").touch()
    assert importable(str(package / "app.py")) == (str(tmp_path / "src"), "shop.orders.app")
