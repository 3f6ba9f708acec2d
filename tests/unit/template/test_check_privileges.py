"""Rules on roles: least privilege, held for every policy of the template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sparta.template.check import actions
from sparta.template.check.actions import ALSO_ON_EVERYTHING, is_known, only_on_everything
from sparta.template.check.privileges import (
    everything_as_resource,
    large_policies,
    wildcard_actions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "iam.md").read_text().lower()
ARN = "arn:aws:s3:::bucket/*"


def holding(**statement: Any) -> dict[str, Any]:
    """Return one role and one policy, each with the same statement."""
    document = {"Statement": [{"Effect": "Allow", **statement}]}
    return {
        "Policy": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": document}},
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {"Policies": [{"PolicyName": "P", "PolicyDocument": document}]},
        },
    }


@pytest.mark.parametrize("action", ["*", "s3:*", "s3:Get*", "s3:GetObjec?"])
def test_actions_are_written_out(problems: Callable[..., list[str]], action: str) -> None:
    found = problems(wildcard_actions, holding(Action=["s3:GetObject", action], Resource=ARN))
    assert [text.split("\n")[0] for text in found] == [
        f"Role: allows {action!r}",
        f"Policy: allows {action!r}",
    ]
    assert len(problems(wildcard_actions, holding(Action=action, Resource=ARN))) == 2
    assert problems(wildcard_actions, holding(Effect="Deny", Action=action, Resource=ARN)) == []
    assert problems(wildcard_actions, holding(Action=["s3:GetObject"], Resource=ARN)) == []


def test_not_action_allows_too_much(problems: Callable[..., list[str]]) -> None:
    found = problems(wildcard_actions, holding(NotAction=["s3:GetObject"], Resource=ARN))
    assert "allows by NotAction" in found[0]
    denied = holding(Effect="Deny", NotAction=["s3:GetObject"], Resource=ARN)
    assert problems(wildcard_actions, denied) == []


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ({"Action": "s3:GetObject", "Resource": ARN}, ""),
        ({"Action": "s3:GetObject", "Resource": {"Fn::Sub": "${B.Arn}/*"}}, ""),
        ({"Action": "s3:ListAllMyBuckets", "Resource": "*"}, ""),
        ({"Action": "S3:listallmybuckets", "Resource": ["*"]}, ""),
        ({"Action": "s3:GetObject", "Resource": "*", "Effect": "Deny"}, ""),
        ({"Action": "s3:GetObject", "Resource": "*"}, "s3:GetObject"),
        ({"Action": ["xray:PutTraceSegments", "s3:PutObject"], "Resource": "*"}, "s3:PutObject"),
        ({"Action": "s3:GetObject", "NotResource": ARN}, "s3:GetObject"),
    ],
)
def test_a_bare_star_is_for_actions_that_know_nothing_else(
    problems: Callable[..., list[str]], statement: dict[str, Any], refused: str
) -> None:
    found = problems(everything_as_resource, holding(**statement))
    if refused:
        assert found[0].startswith(f"Role: allows {refused} on every resource (`*`)")
        assert len(found) == 2
    else:
        assert found == []


@pytest.mark.parametrize(
    "action",
    [
        "cloudwatch:PutMetricData",
        "ec2:CreateNetworkInterface",
        "ec2:DescribeSubnets",
        "ecr:GetAuthorizationToken",
        "polly:DescribeVoices",
        "xray:PutTelemetryRecords",
        "XRAY:puttracesegments",
    ],
)
def test_actions_without_a_resource_level_are_known(action: str) -> None:
    assert only_on_everything(action)
    assert is_known(action)


@pytest.mark.parametrize("action", ["s3:GetObject", "dynamodb:Query", "s3:Nothing", "nobody:List"])
def test_other_actions_need_a_resource(action: str) -> None:
    assert not only_on_everything(action)


def test_an_action_may_be_misspelt_or_of_a_service_that_is_too_new() -> None:
    assert is_known("s3:GetObjetc") is False
    assert is_known("nobody:List") is None


def test_each_exception_is_an_action_with_a_resource_level_and_a_reason() -> None:
    for action, reason in ALSO_ON_EVERYTHING.items():
        service, _, name = action.partition(":")
        assert name in actions._actions(service)[0], action
        assert reason
        assert name in DOCUMENTED, action


@pytest.mark.parametrize(
    ("resource", "wide"),
    [
        ("arn:aws:s3:::*", True),
        ({"Fn::Sub": "arn:${AWS::Partition}:dynamodb:*:*:*"}, True),
        ({"Fn::Sub": ["arn:${P}:s3:::*/*", {"P": "aws"}]}, True),
        ("**", True),
        ("arn:aws:s3:::orders-*", False),
        ({"Fn::GetAtt": ["Orders", "Arn"]}, False),
        ({"Fn::Sub": "${Uploads.Arn}/*"}, False),
    ],
)
def test_an_arn_that_names_nothing_is_everything(
    problems: Callable[..., list[str]], resource: Any, *, wide: bool
) -> None:
    found = problems(everything_as_resource, holding(Action="s3:GetObject", Resource=[resource]))
    assert bool(found) is wide


def test_inline_policies_have_a_size(problems: Callable[..., list[str]]) -> None:
    assert problems(large_policies, holding(Action="s3:GetObject", Resource=[ARN] * 300)) == []
    (found,) = problems(large_policies, holding(Action="s3:GetObject", Resource=[ARN] * 500))
    assert "of 10,240 characters" in found
