"""Secrets and parameters that AWS would refuse are told at once, each with its place."""

from __future__ import annotations

import pytest

from sparta.app.validate_values import value_problems
from sparta.aws import Bucket, Parameter, Secret
from sparta.model.token import Token


def said(*values: object, service: str = "Shop") -> list[str]:
    return [problem.what for problem in value_problems(values, service)]


def test_what_is_right_is_silent() -> None:
    right: tuple[object, ...] = (
        Bucket("Other"),
        Secret("A", characters=4096, template={"user": "x"}),
        Secret.existing("partner/key+1"),
        Secret.existing("arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-abcdef"),
        Parameter("A", 0),
        Parameter("B", [], physical_name=f"/{Token('AWS::StackName')}/b"),
        Parameter.existing("/shared/words"),
        Parameter.existing("arn:aws:ssm:eu-west-1:123456789012:parameter/shared"),
    )
    assert said(*right) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (Secret("A", characters=4097), "characters=4097 of the secret 'A'"),
        (Secret("A", template="{}"), "template='{}' of the secret"),  # type: ignore[call-overload]
        (Secret.existing("a*"), "the name of the secret 'a*'"),
        (Parameter("A", ""), "an empty value of the parameter 'A'"),
        (Parameter("A", object()), "the value (Object of type object is not JSON"),
        (Parameter("A", 1, physical_name="/AWS/x"), "the name '/AWS/x' of the parameter"),
        (Parameter("A", 1, physical_name="a b"), "physical_name='a b' of the parameter"),
        (Parameter.existing("a b"), "the name of the parameter 'a b'"),
    ],
)
def test_each_mistake_is_named(wrong: object, what: str) -> None:
    (found,) = said(wrong)
    assert what in found


def test_parameters_are_named_after_the_stack() -> None:
    assert "the name 'SsmShop'" in said(Parameter("A", 1), service="SsmShop")[0]


def test_the_right_to_a_shared_parameter_is_on_its_arn() -> None:
    arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/shared"
    (statement,) = Parameter.existing(arn).read().statements
    assert statement.resources == (arn,)
