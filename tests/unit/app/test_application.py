"""Declarations: what is gathered, located, refused, and warned about."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from sparta.app.application import application_of
from sparta.app.main_module import importable
from sparta.app.names import entry_name, sanitised
from sparta.errors import DeclarationError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.app.conftest import Declare


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
        @sparta.function(memory_mb=64, timeout_s=1000, environment={"AWS_REGION": "1"})
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
        "environment variable 'AWS_REGION' of 'three' cannot be set",
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
