"""Logical ids and bytes: the same whatever the order of declaration; nobody takes another's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparta.app.function import Function
from sparta.app.http_api import HttpApi
from sparta.aws import Bucket, Queue, Table, Topic
from sparta.cfn.resource import Resource
from sparta.errors import TemplateError
from sparta.template import synthesize
from sparta.triggers.clock import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

    Make = Callable[..., Application]

NAMES = st.lists(
    st.text("abcdefghij _-1", min_size=1, max_size=8).filter(lambda name: name.strip(" _-")),
    min_size=1,
    max_size=5,
    unique_by=lambda name: "".join(letter for letter in name if letter.isalnum()),
)
quiet = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)


def handler(event: Any) -> None: ...


def options(number: int, table: Table, queue: Queue, bucket: Bucket) -> dict[str, Any]:
    """Return what the function of that number says of itself."""
    return (
        {"uses": [table.read(), bucket.write()]},
        {"uses": [bucket.write(), table.read()], "alias": "live"},
        {"dead_letter": queue, "tags": {"b": "1", "a": "2", "c": "3"}},
        {"on_failure": queue, "environment": {"A": "2", "B": "1"}},
        {"on": (bucket.created(), schedule("rate(1 day)"))},
    )[number]


@quiet
@given(names=NAMES, choices=st.randoms(use_true_random=False))
def test_the_order_of_declaration_does_not_matter(
    application: Make, names: list[str], choices: Any
) -> None:
    def made(*, shuffle: bool) -> bytes:
        table, queue, bucket = Table("Orders", key="id"), Queue("Failed"), Bucket("Uploads")
        functions = []
        for number, name in enumerate(names):
            said = options(number, table, queue, bucket)
            for key in ("tags", "environment", "uses"):
                if shuffle and key in said:
                    turned = list(reversed(said[key]))
                    said[key] = turned if key == "uses" else {k: said[key][k] for k in turned}
            functions.append(Function(handler, name=name, **said))
        api = HttpApi("orders")
        for number, function in enumerate(functions):
            api.get(f"/{number}", function)
        resources: list[Resource] = [table, queue, bucket, Topic("News")]
        if shuffle:
            for declared in (functions, resources, api.routes):
                choices.shuffle(declared)
        return synthesize(application(*functions, api=api, resources=resources)).to_json()

    assert made(shuffle=True) == made(shuffle=False)


def everything() -> tuple[Function[Any, Any], HttpApi]:
    news, jobs = Topic("News"), Queue("Jobs")
    function: Function[Any, Any] = Function(
        handler,
        name="take it",
        alias="live",
        on=(news.messages(), jobs.messages(), Bucket("Uploads").created(), schedule("rate(1 day)")),
        on_failure=news,
    )
    return function, HttpApi("orders").get("/", function)


def test_whoever_takes_an_id_of_ours_is_told_with_both_places(application: Make) -> None:
    function, api = everything()
    ids = sorted(synthesize(application(function, api=api)).resources)
    derived = [each for each in ids if each not in {"News", "Jobs", "Uploads"}]
    assert len(derived) > 15
    for logical_id in derived:
        function, api = everything()
        other = Resource(logical_id, "AWS::SQS::Queue")
        with pytest.raises(TemplateError) as caught:
            synthesize(application(function, api=api, resources=[other]))
        (problem,) = caught.value.problems
        ours = api.declared_at if "Http" in logical_id else function.declared_at
        text = str(problem)
        assert f"{logical_id} (" in text
        assert "is declared twice" in text
        assert other.declared_at in text
        assert ours.rpartition(":")[0] in text.replace(other.declared_at, "", 1)
