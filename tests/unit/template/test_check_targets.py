"""Rules on references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

from sparta.template.check.stubs import resource_type
from sparta.template.check.targets import (
    circular_dependencies,
    missing_conditions,
    unknown_attributes,
    unknown_targets,
)

if TYPE_CHECKING:
    from collections.abc import Callable

QUEUE = {"Type": "AWS::SQS::Queue"}


def bucket(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


@pytest.mark.parametrize(
    "value",
    [
        {"Ref": "Jobs"},
        {"Ref": "Stage"},
        {"Ref": "AWS::Region"},
        {"Fn::GetAtt": ["Jobs", "Arn"]},
        {"Fn::GetAtt": "Jobs.Arn"},
        {"Fn::Sub": "${Jobs.Arn} ${Stage} ${AWS::StackName} ${!Literal}"},
        {"Fn::Sub": ["${own} ${Jobs}", {"own": {"Ref": "Stage"}}]},
        {"Fn::Join": ["", [{"Ref": "Jobs"}]]},
    ],
)
def test_known_targets_pass(problems: Callable[..., list[str]], value: Any) -> None:
    resources = {"Jobs": QUEUE, "B": {**bucket(Name=value), "DependsOn": ["Jobs"]}}
    assert problems(unknown_targets, resources, parameters={"Stage": {"Type": "String"}}) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"Ref": "Jobz"}, "Ref names Jobz"),
        ({"Ref": "AWS::Nothing"}, "Ref names AWS::Nothing"),
        ({"Fn::GetAtt": ["Jobz", "Arn"]}, "Fn::GetAtt names Jobz"),
        ({"Fn::GetAtt": ["Stage", "Arn"]}, "Fn::GetAtt names Stage"),
        ({"Fn::Sub": "${Jobz.Arn}"}, "Fn::Sub names Jobz"),
        ({"Fn::Sub": ["${own} ${Jobz}", {"own": "x"}]}, "Fn::Sub names Jobz"),
        ({"Fn::Sub": ["${own}", {"own": {"Ref": "Jobz"}}]}, "Ref names Jobz"),
    ],
)
def test_unknown_targets_are_found(
    problems: Callable[..., list[str]], value: Any, text: str
) -> None:
    resources = {"Jobs": QUEUE, "B": bucket(Name=[value])}
    parameters = {"Stage": {"Type": "String"}}
    (found,) = problems(
        unknown_targets, resources, parameters=parameters, origins={"B": "app.py:3"}
    )
    assert found.startswith(f"app.py:3 (B): {text}, which is not in the template")


def test_a_parameter_is_nothing_to_depend_on(problems: Callable[..., list[str]]) -> None:
    resources = {"Jobs": {**QUEUE, "DependsOn": "Stage"}}
    (found,) = problems(unknown_targets, resources, parameters={"Stage": {"Type": "String"}})
    assert found.startswith("Jobs: DependsOn names Stage")


def test_outputs_are_read_too(problems: Callable[..., list[str]]) -> None:
    outputs = {"Url": {"Value": {"Ref": "Jobz"}}}
    (found,) = problems(unknown_targets, {"Jobs": QUEUE}, outputs=outputs)
    assert found == "Outputs: Ref names Jobz, which is not in the template\n  did you mean Jobs?"


def test_attributes(problems: Callable[..., list[str]]) -> None:
    def resources(attribute: str) -> dict[str, Any]:
        return {"Jobs": QUEUE, "B": bucket(A={"Fn::Sub": f"${{Jobs.{attribute}}}"})}

    assert problems(unknown_attributes, resources("QueueUrl")) == []
    (found,) = problems(unknown_attributes, resources("Url"))
    assert found.startswith("B: Jobs (AWS::SQS::Queue) has no attribute Url\n  it has Arn, ")


def test_attributes_of_other_types_are_not_judged(problems: Callable[..., list[str]]) -> None:
    resources = {
        "Db": {"Type": "AWS::RDS::Novelty"},
        "B": bucket(A={"Fn::GetAtt": ["Db", "Endpoint.Address"]}),
    }
    assert problems(unknown_attributes, resources) == []


@pytest.mark.parametrize("kind", ["AWS::SQS::Queue", "AWS::RDS::DBInstance", "AWS::IAM::Role"])
def test_the_attributes_are_what_the_schemas_say(kind: str) -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind)
    found = resource_type(kind)
    assert found is not None
    assert found.attributes == frozenset(schema.get_atts)


def test_no_cycle_no_problem(problems: Callable[..., list[str]]) -> None:
    resources = {
        "A": bucket(x={"Ref": "B"}, y={"Ref": "C"}),
        "B": bucket(x={"Ref": "C"}),
        "C": bucket(x={"Ref": "Stage"}),
    }
    assert problems(circular_dependencies, resources) == []


def test_each_cycle_is_named_with_its_path(problems: Callable[..., list[str]]) -> None:
    resources = {
        "Z": bucket(x={"Ref": "A"}),
        "A": bucket(x={"Fn::GetAtt": ["M", "Arn"]}),
        "M": {**bucket(), "DependsOn": "Z"},
        "Own": bucket(x={"Fn::Sub": "${Own}"}),
        "P": bucket(x={"Ref": "Q"}),
        "Q": bucket(x={"Ref": "P"}),
        "Free": bucket(x={"Ref": "A"}),
    }
    found = [text.split("\n")[0] for text in problems(circular_dependencies, resources)]
    assert sorted(found) == [
        "A: circular dependency: A -> M -> Z -> A",
        "Own: circular dependency: Own -> Own",
        "P: circular dependency: P -> Q -> P",
    ]


def test_a_long_chain_is_no_cycle(problems: Callable[..., list[str]]) -> None:
    chain: dict[str, Any] = {f"R{n}": bucket(x={"Ref": f"R{n + 1}"}) for n in range(499)}
    assert problems(circular_dependencies, {**chain, "R499": bucket()}) == []
    closed = {**chain, "R499": bucket(x={"Ref": "R0"})}
    (found,) = problems(circular_dependencies, closed)
    assert found.startswith("R0: circular dependency: R0 -> R1 -> R2")


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ({"Ref": "Jobs"}, False),
        ({"Fn::Sub": "${Jobs.Arn}"}, False),
        ({"Fn::If": ["IsProd", {"Ref": "Jobs"}, ""]}, True),
        ({"Fn::Sub": ["${x}", {"x": {"Fn::If": ["IsProd", {"Ref": "Jobs"}, ""]}}]}, True),
    ],
)
def test_what_is_always_made_needs_nothing_conditional(
    problems: Callable[..., list[str]], value: Any, fits: bool
) -> None:
    resources = {"Jobs": {**QUEUE, "Condition": "IsProd"}, "B": bucket(BucketName=value)}
    found = problems(missing_conditions, resources)
    assert found == [] if fits else "refers to Jobs, which is made only where IsProd" in found[0]
    resources["B"]["Condition"] = "IsProd"
    assert problems(missing_conditions, resources) == []
    assert problems(missing_conditions, {"Jobs": QUEUE}, outputs={"A": {"Value": value}}) == []
