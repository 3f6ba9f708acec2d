"""The whole stage: deterministic, every problem at once, every resource traceable."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from sparta.app.function import Function
from sparta.app.http_api import HttpApi
from sparta.aws import Bucket, Queue, Table, Topic
from sparta.cfn.resource import Resource
from sparta.errors import TemplateError
from sparta.template import Template, check, synthesize
from sparta.template.logical_id import function_id, role_id
from sparta.triggers.clock import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application


def handler(event: Any) -> None: ...


def parts() -> tuple[list[Function[Any, Any]], HttpApi, list[Resource]]:
    """Return a mixed application, every value made anew."""
    orders, uploads = Table("Orders", key="id"), Bucket("Uploads")
    jobs, news = Queue("Jobs", dead_letter=Queue("Dead")), Topic("News")
    one = Function(handler, name="one", uses=[orders.read(), uploads.write()], on=jobs.messages())
    two = Function(
        handler, name="two", on=(uploads.created(suffix=".csv"), schedule("rate(1 day)"))
    )
    three = Function(handler, name="three", uses=[news.write()])
    four = Function(handler, name="four")
    api = HttpApi("orders").get("/three", three).post("/four", four)
    return [one, two, three, four], api, [Resource("Extra", "AWS::SQS::Queue")]


def test_the_order_of_unrelated_things_does_not_matter(
    application: Callable[..., Application],
) -> None:
    functions, api, resources = parts()
    template = synthesize(application(*functions, api=api, resources=resources))
    functions, api, resources = parts()
    api.routes.reverse()
    turned = application(*reversed(functions), api=api, resources=resources)
    assert synthesize(turned).to_json() == template.to_json()
    assert check(template) == []


def test_indented_and_compact_say_the_same(application: Callable[..., Application]) -> None:
    template = synthesize(application(Function(handler)))
    assert orjson.loads(template.to_json()) == orjson.loads(template.to_json(indent=True))
    assert b"\n" not in template.to_json()
    assert template.to_json(indent=True).endswith(b"}\n")
    assert next(iter(template.document())) == "AWSTemplateFormatVersion"


def test_empty_sections_are_left_out() -> None:
    assert Template("Orders").document() == {"AWSTemplateFormatVersion": "2010-09-09"}


def test_every_resource_has_an_origin(application: Callable[..., Application]) -> None:
    functions, api, resources = parts()
    template = synthesize(application(*functions, api=api, resources=resources))
    assert template.origins.keys() == template.resources.keys()
    assert all(__file__ in origin for origin in template.origins.values())
    line = functions[0].declared_at
    assert template.origins[role_id("Orders", "one")] == line


def test_nothing_of_the_machine_is_in_the_template(
    application: Callable[..., Application],
) -> None:
    functions, api, resources = parts()
    text = synthesize(application(*functions, api=api, resources=resources)).to_json()
    assert b"/project" not in text
    assert __file__.encode() not in text


def test_resources_keep_what_their_author_said(application: Callable[..., Application]) -> None:
    first = Resource("First", "AWS::SQS::Queue")
    second = Resource(
        "Second",
        "AWS::S3::Bucket",
        {"BucketName": "b", "Tags": [{"Key": "of", "Value": first.ref}]},
        deletion_policy="Retain",
        update_replace_policy="Snapshot",
        depends_on=[first],
    )
    template = synthesize(application(resources=[second]))
    assert template.resources == {
        "First": {"Type": "AWS::SQS::Queue"},
        "Second": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": "b",
                "Tags": [{"Key": "of", "Value": {"Ref": "First"}}],
            },
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Snapshot",
            "DependsOn": ["First"],
        },
    }
    assert template.parameters == {}


def test_outputs_name_functions_and_resources(application: Callable[..., Application]) -> None:
    functions, api, resources = parts()
    outputs = synthesize(application(*functions, api=api, resources=resources)).outputs
    assert set(outputs) == {
        "ordersUrl",
        "oneFunction",
        "twoFunction",
        "threeFunction",
        "fourFunction",
        "Orders",
        "Uploads",
        "Jobs",
        "Dead",
        "News",
        "Extra",
    }
    assert outputs["oneFunction"]["Value"] == {"Ref": function_id("one")}
    assert outputs["Orders"]["Value"] == {"Ref": "Orders"}


def test_outputs_that_want_one_name_get_a_hash_each(
    application: Callable[..., Application],
) -> None:
    outputs = synthesize(
        application(Function(handler, name="a b"), Function(handler, name="ab"))
    ).outputs
    assert len(outputs) == 2
    assert "abFunction" not in outputs
    assert all(name.startswith("abFunction") for name in outputs)


def test_all_problems_are_reported_at_once(application: Callable[..., Application]) -> None:
    table = Table("Orders", key="id")
    taken = Resource(function_id("handler"), "AWS::SQS::Queue")
    wrong = Resource("Wrong", "AWS::SQS::Queue", {"Tags": {table.name: "x"}})
    with pytest.raises(TemplateError) as caught:
        synthesize(
            application(
                Function(handler),
                resources=[table, taken, wrong],
                description=f"of {table.name}",
            )
        )
    description, twice, key = (str(problem) for problem in caught.value.problems)
    assert description.startswith("/project/app.py:90: the application's description holds a token")
    assert f"{taken.logical_id} (AWS::SQS::Queue) is declared twice" in twice
    assert key.startswith(f"{wrong.declared_at}: Wrong: Orders.Ref is known only after deployment")


def test_a_hundred_functions_take_less_than_the_budget(
    application: Callable[..., Application],
) -> None:
    orders, uploads = Table("Orders", key="id"), Bucket("Uploads")
    functions = [
        Function(
            handler,
            name=f"function {number}",
            uses=[orders.read(), uploads.write()],
            on=uploads.created(suffix=f".{number}") if number < 90 else (),
        )
        for number in range(100)
    ]
    made = application(*functions)
    started_s = time.process_time()
    template = synthesize(made)
    found = check(template)
    template.to_json()
    spent_s = time.process_time() - started_s
    assert found == []
    assert spent_s < 0.3
