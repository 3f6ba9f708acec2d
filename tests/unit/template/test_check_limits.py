"""Rules on CloudFormation's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.template import Template, check
from sparta.template.check.limits import (
    long_description,
    too_large,
    too_many,
    unusable_names,
    unused_parameters,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TOPIC = {"Type": "AWS::SNS::Topic"}


@pytest.mark.parametrize(
    ("section", "limit"), [("resources", 500), ("outputs", 200), ("parameters", 200)]
)
def test_numbers(problems: Callable[..., list[str]], section: str, limit: int) -> None:
    def sections(count: int) -> dict[str, Any]:
        return {"resources": {}, section: {f"N{number}": TOPIC for number in range(count)}}

    assert problems(too_many, **sections(limit)) == []
    (found,) = problems(too_many, **sections(limit + 1))
    assert f"the template has {limit + 1} {section}, CloudFormation takes {limit}" in found


@pytest.mark.parametrize("section", ["resources", "outputs", "parameters"])
def test_names_are_letters_and_digits(problems: Callable[..., list[str]], section: str) -> None:
    def sections(name: str) -> dict[str, Any]:
        return {"resources": {}, section: {name: TOPIC}}

    assert problems(unusable_names, **sections("2nd" + "x" * 252)) == []
    for name in ("x" * 256, "a_b", "", "é"):
        (found,) = problems(unusable_names, **sections(name))
        assert f"{name!r} is not a valid" in found


def test_size_names_the_largest(problems: Callable[..., list[str]]) -> None:
    resources = {
        "Small": TOPIC,
        "Large": {**TOPIC, "Properties": {"DisplayName": "x" * 60_000}},
    }
    assert problems(too_large, resources) == []
    (found,) = problems(too_large, resources, max_size_bytes=51_200)
    assert "the limit is 51,200; its largest resources: Large 60," in found
    assert found.endswith("give a bucket to upload it to")
    huge = {**TOPIC, "Properties": {"DisplayName": "x" * 1_000_000}}
    (found,) = problems(too_large, {"Huge": huge})
    assert "the limit is 1,000,000; its largest resources: Huge 1,000," in found
    assert found.endswith("two services")


def test_description(problems: Callable[..., list[str]]) -> None:
    assert problems(long_description, {}, description="é" * 512) == []
    (found,) = problems(long_description, {}, description="é" * 513)
    assert "has 1,026 bytes" in found


def test_parameters_are_used(problems: Callable[..., list[str]]) -> None:
    parameters = {"Stage": {"Type": "String"}, "Idle": {"Type": "String"}}
    resources = {"T": {**TOPIC, "Properties": {"DisplayName": {"Fn::Sub": "${Stage}-x"}}}}
    (found,) = problems(unused_parameters, resources, parameters=parameters)
    assert "parameter Idle is declared but not used" in found
    outputs = {"Out": {"Value": {"Ref": "Idle"}}}
    assert problems(unused_parameters, resources, parameters=parameters, outputs=outputs) == []


def test_the_checker_applies_every_rule() -> None:
    wrong = {
        "F": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 901, "MemorySize": 64}},
        "T": {**TOPIC, "Properties": {"DisplayName": {"Ref": "Nobody"}}},
    }
    template = Template("Orders", resources=wrong, parameters={"Idle": {"Type": "String"}})
    assert len(check(template)) == 6
    assert len(check(template, max_size_bytes=10)) == 7
