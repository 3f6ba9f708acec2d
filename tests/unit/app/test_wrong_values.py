"""Declarations that a type checker would have refused: each is told, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.application import application_of
from sparta.errors import DeclarationError
from sparta.runtime.shutdown import shutdown

if TYPE_CHECKING:
    from tests.unit.app.conftest import Declare

HEAD = """
import sparta
from sparta.aws import Queue
jobs = Queue("Jobs")
"""


def problems(declare: Declare, source: str) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        application_of(declare(HEAD + source))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('sparta.main("Shop", resources=[3])', "3 is not a resource"),
        ('sparta.main("Shop", description=None, resources=[jobs])', "None is not a text"),
        ('sparta.main("Shop", tags={"a": 3}, resources=[jobs])', "tag 'a'=3 cannot be set"),
        ('sparta.main("Shop", tags={"aws:x": "y"}, resources=[jobs])', "tag 'aws:x'='y'"),
        ('sparta.main("Shop", python="3.9", resources=[jobs])', "python='3.9' is not supported"),
        ('sparta.main("Shop", architecture="vax", resources=[jobs])', "not one of Lambda's"),
        ("one(environment={'AB': 3})", "environment variable 'AB' of 'one' is 3, not a text"),
        ("one(environment={'1a': '3'})", "'1a' of 'one' is not the name"),
        ("one(environment={'A': '3'})", "'A' of 'one' is not the name"),
        ("one(environment={'AWS_LAMBDA_X': '3'})", "'AWS_LAMBDA_X' of 'one' cannot be set"),
        ("one(environment={jobs.name: '3'})", "of 'one' is not the name"),
        ("one(description='d' * 257)", "the description of 'one' has 257 characters"),
        ("one(memory_mb=256.0)", "memory_mb=256.0 of 'one' is out of range"),
        ("one(runtime_metrics='yes')", "runtime_metrics='yes' of 'one' is not what it takes"),
        ("one(dependencies=['images'])", "dependencies=['images'] of 'one' is not what it takes"),
        ("one(runtime_metrics=1)", "runtime_metrics=1 of 'one'"),
        ("one(json='plain')", "json='plain' of 'one' is not what it takes"),
        ("one(json=['aws'])", "json=['aws'] of 'one'"),
        ("one(description=3)", "description=3 of 'one'"),
        ("one(environment=['A'])", "environment=['A'] of 'one'"),
        ("one(role=3)", "role=3 of 'one'"),
        ("http(lambda event, context, response: None)", "takes 3 arguments (event, context, resp"),
        ("http(lambda a, b, c, d, e: None)", "takes 5 arguments (a, b, c, d, e)"),
        ("http(lambda a, b, c, *, logger: None)", "takes 4 arguments (a, b, c, logger)"),
        ("http(lambda a, b, c, d: (yield))", "is a generator, which would never be run"),
        ("http('text')", "the http_handler one is a str, which cannot be called"),
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
def http(handler):
    global f
    f = sparta.Function(sparta.http_handler(handler), name="one")
    sparta.main("Shop", functions=[f])
def route(path):
    global f
    f = sparta.Function(lambda: 1, name="one")
    sparta.main("Shop", api=sparta.HttpApi("a").get(path, f))
"""
    (text,) = problems(declare, shortcuts + source)
    assert expected in text
    assert "shop.py:" in text


def test_a_name_that_is_no_text(declare: Declare) -> None:
    source = """
f = sparta.Function(lambda: 1, name=5)
sparta.main("Shop", functions=[f])
"""
    (text,) = problems(declare, source)
    assert "name=5 of 5 is not what it takes" in text


@pytest.mark.parametrize(
    "source",
    [
        "sparta.http_handler(lambda event, context, response, logger: None)",
        "sparta.http_handler(lambda *arguments: None)",
        "sparta.http_handler(lambda a, b, c, d, e=None: None)",
        "sparta.http_handler(Writer().answer)",
    ],
)
def test_handlers_that_write_their_answer(declare: Declare, source: str) -> None:
    text = f"""
class Writer:
    def answer(self, event, context, response, logger): ...
f = sparta.Function({source}, name="one", runtime_metrics=True, json="extended")
sparta.main("Shop", functions=[f])
"""
    assert list(application_of(declare(HEAD + text)).entries) == ["one"]


@pytest.mark.parametrize(
    ("callback", "expected"),
    [
        ("3", "on_shutdown got 3, which cannot be called"),
        ("lambda number: None", "which needs arguments: number"),
        ("lambda *, number: None", "which needs arguments: number"),
        ("later", "on_shutdown got later, which would not run"),
    ],
)
def test_shutdown_callbacks_that_could_not_run(
    declare: Declare, callback: str, expected: str
) -> None:
    with pytest.raises(DeclarationError) as caught:
        declare(f"import sparta\nasync def later(): ...\nsparta.on_shutdown({callback})\n")
    assert expected in str(caught.value)
    assert "shop.py:3: " in str(caught.value)
    assert shutdown.callbacks == []


SHOWN = """
@sparta.function(description=jobs.name)
def f() -> None: ...
sparta.main("Shop", functions=[f])
"""


def test_what_aws_leaves_to_its_users_can_be_set(declare: Declare) -> None:
    assert application_of(declare(HEAD + SHOWN)).functions[0].description
    variables = {"AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR", "AWS_ENDPOINT_URL": "http://x"}
    source = f"""
@sparta.function(environment={variables})
def f() -> None: ...
sparta.main("Shop", functions=[f])
"""
    assert application_of(declare(HEAD + source)).functions[0].environment == variables
