"""What authors add to a template beside functions: policies, outputs, conditions."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta import cfn
from sparta.cfn import dynamodb, sqs
from sparta.template import synthesize

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

    Make = Callable[..., Application]

IS_PROD = cfn.Condition("IsProd", cfn.Equals(cfn.Parameter("Stage"), "prod"))
KEPT = {"DeletionPolicy": "RetainExceptOnCreate", "UpdateReplacePolicy": "Retain"}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (dynamodb.Table("A", KeySchema=[]), KEPT),
        (sparta.Resource("A", "AWS::S3::Bucket"), KEPT),
        (
            dynamodb.Table("A", KeySchema=[], deletion_policy="Delete"),
            {**KEPT, "DeletionPolicy": "Delete"},
        ),
        (sqs.Queue("A"), {}),
        (sqs.Queue("A", update_policy={"a": 1}, creation_policy={"b": 1}, metadata={"c": 1}),
         {"UpdatePolicy": {"a": 1}, "CreationPolicy": {"b": 1}, "Metadata": {"c": 1}}),
        (sqs.Queue("A", depends_on=[sqs.Queue("B")]), {"DependsOn": ["B"]}),
    ],
)  # fmt: skip
def test_options_stand_beside_the_properties(
    application: Make, resource: cfn.Resource, expected: dict[str, Any]
) -> None:
    body = synthesize(application(resources=[resource])).resources["A"]
    assert {name: body[name] for name in body if name not in {"Type", "Properties"}} == expected


def test_outputs_of_the_author_go_before_ours(application: Make) -> None:
    made = application(resources=[sqs.Queue("Jobs")])
    outputs: dict[str, str | cfn.Output] = {
        "Jobs": "mine",
        "Url": cfn.Output(f"x{IS_PROD.name}", export="url", condition=IS_PROD, description="d"),
    }
    template = synthesize(replace(made, outputs=outputs))
    assert template.outputs == {
        "Jobs": {"Value": "mine"},
        "Url": {
            "Value": "xIsProd", "Description": "d",
            "Export": {"Name": "url"}, "Condition": "IsProd",
        },
    }  # fmt: skip
    assert set(template.conditions) == {"IsProd"}


def test_what_may_not_be_made_is_found_as_nothing(application: Make) -> None:
    jobs = sqs.Queue("Jobs", condition=IS_PROD)
    statement = sparta.Statement(["sqs:SendMessage"], [jobs.Arn])
    function = sparta.Function(lambda: None, name="f", uses=[statement])
    template = synthesize(application(function))
    (body,) = (b for b in template.resources.values() if b["Type"] == "AWS::Lambda::Function")
    text, values = body["Properties"]["Environment"]["Variables"]["SPARTA_DISCOVERY_INFO"][
        "Fn::Sub"
    ]
    assert json.loads(text)["Resources"] == {"Jobs": {"Ref": "${Value1}"}}
    assert values == {"Value1": {"Fn::If": ["IsProd", {"Ref": "Jobs"}, ""]}}


def test_a_plain_function_takes_at_most_four_resources(application: Make) -> None:
    one = synthesize(application(sparta.Function(lambda: None, name="a")))
    two = synthesize(
        application(*(sparta.Function(lambda: None, name=name) for name in ("a", "b")))
    )
    assert len(two.resources) - len(one.resources) <= 4
