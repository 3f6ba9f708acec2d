"""Rules on Lambda functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.template.check.functions import (
    duplicate_function_names,
    large_environments,
    long_names,
    memory_out_of_range,
    timeout_out_of_range,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def function(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::Lambda::Function", "Properties": properties}


@pytest.mark.parametrize(("memory_mb", "fits"), [(127, 0), (128, 1), (10_240, 1), (10_241, 0)])
def test_memory(problems: Callable[..., list[str]], memory_mb: int, fits: bool) -> None:
    found = problems(memory_out_of_range, {"F": function(MemorySize=memory_mb)})
    assert found == [] if fits else found[0].endswith("use memory_mb from 128 to 10,240")


@pytest.mark.parametrize(("timeout_s", "fits"), [(0, 0), (1, 1), (900, 1), (901, 0)])
def test_timeout(problems: Callable[..., list[str]], timeout_s: int, fits: bool) -> None:
    found = problems(timeout_out_of_range, {"F": function(Timeout=timeout_s)})
    assert found == [] if fits else found[0].endswith("use timeout_s from 1 to 900")


def test_values_of_parameters_are_not_judged(problems: Callable[..., list[str]]) -> None:
    resources = {"F": function(Timeout={"Ref": "Seconds"}, MemorySize={"Ref": "Memory"})}
    assert problems(timeout_out_of_range, resources) == []
    assert problems(memory_out_of_range, resources) == []


def test_physical_names_are_unique(problems: Callable[..., list[str]]) -> None:
    def named(name: Any) -> dict[str, Any]:
        return function(FunctionName=name)

    first, second = {"Fn::Sub": "${AWS::StackName}_a"}, {"Fn::Sub": "${AWS::StackName}_b"}
    different = {"A": named(first), "B": named(second), "C": function(), "D": function()}
    assert problems(duplicate_function_names, different) == []
    (found,) = problems(duplicate_function_names, {"A": named(first), "B": named(dict(first))})
    assert found.startswith("B: has the same physical name as A: ${AWS::StackName}_a")


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("x" * 64, True),
        ("x" * 65, False),
        ({"Fn::Sub": "${AWS::StackName}_" + "x" * 57}, True),
        ({"Fn::Sub": "${AWS::StackName}_" + "x" * 58}, False),
        ({"Fn::Sub": "${Other}_" + "x" * 64}, True),
        ({"Ref": "Name"}, True),
    ],
)
def test_names(problems: Callable[..., list[str]], name: Any, fits: bool) -> None:
    resources = {
        "F": function(FunctionName=name),
        "R": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": name}},
    }
    found = problems(long_names, resources)
    assert found == [] if fits else ("65 characters of 64" in found[0] and len(found) == 2)


def test_environment(problems: Callable[..., list[str]]) -> None:
    def using(**variables: Any) -> dict[str, Any]:
        return {"F": function(Environment={"Variables": variables})}

    assert problems(large_environments, {"F": function()}) == []
    assert problems(large_environments, using(A="x" * 4095)) == []
    (found,) = problems(large_environments, using(A="x" * 4095, B="y"))
    assert "about 4,098 of 4,096 bytes; the largest variable is A with about 4,096" in found


def test_environment_estimates_what_is_not_known(problems: Callable[..., list[str]]) -> None:
    def using(value: Any) -> dict[str, Any]:
        return {"F": function(Environment={"Variables": {"A": value}})}

    placeholders = {"Fn::Sub": "${Orders.Arn}" * 50}
    assert problems(large_environments, using(placeholders)) == []
    placeholders = {"Fn::Sub": "${Orders.Arn}" * 60}
    assert len(problems(large_environments, using(placeholders))) == 1
    listed = {"Fn::Sub": ["${AWS::Region}" * 60, {"Dollar": "$"}]}
    assert problems(large_environments, using(listed)) == []
    assert problems(large_environments, using({"Ref": "Orders"})) == []


def test_handlers(problems: Callable[..., list[str]]) -> None:
    assert problems(long_names, {"F": function(Handler="index." + "h" * 122)}) == []
    (found,) = problems(long_names, {"F": function(Handler="index." + "h" * 123)})
    assert "129 characters of 128" in found
