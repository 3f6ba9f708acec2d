"""Wrong custom resources and notifications: each is told, with its place, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.app.application import application_of
from sparta.errors import DeclarationError

if TYPE_CHECKING:
    from tests.unit.app.conftest import Declare

HEAD = """
import sparta
from sparta import events
from sparta.aws import ActiveReceiptRuleSet, Bucket, Table
orders = Table("Orders", key="id")
own = Bucket("Own")
theirs = Bucket.existing("theirs")
class Seed(sparta.Model):
    table: str
    count: int
    note: str | None
class Other(sparta.Model):
    table: str
class Wrong(sparta.Model):
    number: int
def create(request: sparta.ResourceRequest[Seed]) -> None: ...
def given(properties, **more):
    return sparta.custom_resource(create=create, name="seed")("Rows", properties)
def provided(**handlers):
    handlers = {"create": create, **handlers}
    return provider(handlers)("Rows", Seed(table="t", count=1, note=None))
def provider(handlers):
    return sparta.custom_resource(name="seed", **handlers)
def main(*resources, functions=()):
    sparta.main("Shop", functions=functions, resources=resources)
def notified(*triggers):
    functions = [sparta.Function(handle, name=f"f{n}", on=on) for n, on in enumerate(triggers)]
    globals()["functions"] = functions
    main(functions=functions)
def handle(event: events.S3) -> None: ...
"""


def problems(declare: Declare, source: str) -> list[str]:
    with pytest.raises(DeclarationError) as caught:
        application_of(declare(HEAD + source))
    places = [problem.where for problem in caught.value.problems]
    assert all(":" in place for place in places), places
    # What is asked of here is made in a function: that it has no place is another test's matter.
    return [
        str(each) for each in caught.value.problems if "cannot be found in any" not in str(each)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("main(given({'table': 't', 'count': '1', 'note': 'x'}))", "Rows.count: expected int"),
        ("main(given({'table': 't', 'note': 'x'}))", "Rows.count: missing"),
        ("main(given(7))", "Rows: its properties are 7, which is no object"),
        (
            "main(given({'table': '', 'count': 1, 'ServiceToken': 'x'}))",
            "the property ServiceToken is CloudFormation's own",
        ),
        ("main(provided(create=3))", "create=3 cannot be called"),
        ("def no(): ...\nmain(provided(delete=no))", "delete does not take one argument"),
        ("def no(a, b): ...\nmain(provided(update=no))", "update does not take one argument"),
        ("async def no(a): ...\nmain(provided(update=no))", "update is asynchronous"),
        (
            "def no(a: sparta.ResourceRequest[Other]): ...\nmain(provided(delete=no))",
            "delete does not take the properties that create takes",
        ),
        (
            "def no(a: sparta.ResourceRequest[Seed]) -> Wrong: ...\nmain(provided(create=no))",
            "the attribute 'number' is declared as int, but attributes are text",
        ),
        (
            "def no(a: sparta.ResourceRequest[set]): ...\nmain(provided(create=no))",
            "set cannot be decoded from JSON",
        ),
        (
            "def no(a: 'Nothing'): ...\nmain(provided(create=no))",
            "the annotations of create cannot be evaluated",
        ),
        ("main(provided(create=create, memory=3))", "unknown option memory="),
        ("main(provider({'create': create, 'timeout_s': 0})('A', {}))", "timeout_s=0 of 'seed'"),
        (
            "notified(*(own.created(suffix=s, via='notification') for s in ('', '.csv')))",
            "the notifications of Own overlap",
        ),
        (
            "notified((theirs.created(prefix='a/'), theirs.created(prefix='a/b/', suffix='c')))",
            "the notifications of theirs overlap",
        ),
        ("notified(own.created(via='sns'))", "via='sns' is no way"),
        ("notified(Bucket.existing('Theirs').created())", "'Theirs' is not the name of a bucket"),
        ("notified(Bucket.existing(own.name).created())", "is not the name of a bucket"),
    ],
)
def test_it_is_told_at_once(declare: Declare, source: str, expected: str) -> None:
    found = problems(declare, source)
    assert [text for text in found if expected in text], found


def test_filters_that_exclude_each_other_are_fine(declare: Declare) -> None:
    source = """
    functions = [
        sparta.Function(handle, name="a", on=own.created(prefix="a/", via="notification")),
        sparta.Function(handle, name="b", on=own.created(prefix="b/", via="notification")),
        sparta.Function(handle, name="c", on=own.created(prefix="a/b/")),
    ]
    main(functions=functions)
    """
    import textwrap

    application = application_of(declare(HEAD + textwrap.dedent(source)))
    assert [function.name for function in application.functions] == [
        "a",
        "b",
        "c",
        "SpartaResources",
    ]
    (provider,) = [each for each in application.functions if each.name == "SpartaResources"]
    assert provider.uses == ()
    assert application.entries["SpartaResources"].module == "sparta.providers.serve"


def test_a_provider_comes_with_its_resource(declare: Declare) -> None:
    source = "seed = sparta.custom_resource(create=create, uses=[orders.write()])\n"
    source += "main(seed('Rows', Seed(table=orders.name, count=1, note=None)))"
    application = application_of(declare(HEAD + source))
    assert [function.name for function in application.functions] == ["create"]
    assert [resource.logical_id for resource in application.resources] == ["Rows", "Orders"]
    assert application.entries["create"].is_provider


def test_a_provider_without_a_resource_is_forgotten(declare: Declare) -> None:
    source = "seed = sparta.custom_resource(create=create)\nmain(orders)"
    (warning,) = application_of(declare(HEAD + source)).warnings
    assert warning.endswith("'create' is defined but not deployed; declare a resource of it")


def test_what_is_built_in_has_one_function(declare: Declare) -> None:
    source = "main(ActiveReceiptRuleSet('A', 'one'), ActiveReceiptRuleSet('B', 'two'))"
    application = application_of(declare(HEAD + source))
    assert [function.name for function in application.functions] == ["SpartaResources"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Site('A', 'nowhere', bucket=own)", "A: there is no folder 'nowhere'"),
        ("Site('A', '', bucket=own)", "A: there is no folder ''"),
    ],
)
def test_a_site_needs_its_files(declare: Declare, source: str, expected: str) -> None:
    found = problems(declare, f"from sparta.aws import Site\nmain({source})")
    assert [text for text in found if expected in text], found
