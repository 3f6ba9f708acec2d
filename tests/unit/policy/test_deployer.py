"""The deployer's policy: what Sparta itself asks, what CloudFormation asks, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sparta.deploy
from sparta.policy.deployer import DeployerPolicy, deployer_policy
from sparta.policy.places import Scope
from sparta.template import synthesize
from sparta.template.check.actions import is_known, only_on_everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

APP = """
@sparta.function(uses=[orders.read()], on=sparta.schedule("rate(1 hour)"))
def f(): ...
@sparta.function(role="worker")
def g(): ...
"""
SCOPE = Scope("Shop", account="123456789012", region="eu-west-1")


@pytest.fixture
def policy(application: Callable[..., Application]) -> DeployerPolicy:
    loaded = application(APP, "f, g", ", resources=[uploads, jobs], role_path='/teams/'")
    return deployer_policy(synthesize(loaded), SCOPE, "code")


def where(policy: DeployerPolicy, action: str) -> set[str]:
    """Return the resources that an action is allowed on."""
    statements: list[dict[str, Any]] = policy.document["Statement"]
    return {arn for one in statements if action in one["Action"] for arn in one["Resource"]}


def test_everything_is_within_the_stack(policy: DeployerPolicy) -> None:
    place = "eu-west-1:123456789012"
    assert where(policy, "lambda:CreateFunction") == {
        f"arn:aws:lambda:{place}:function:Shop_*",
        f"arn:aws:lambda:{place}:function:Shop_*:*",
    }
    assert where(policy, "dynamodb:CreateTable") == {
        f"arn:aws:dynamodb:{place}:table/Shop-*",
        f"arn:aws:dynamodb:{place}:table/Shop-*/*",
    }
    assert where(policy, "s3:CreateBucket") == {"arn:aws:s3:::shop-*", "arn:aws:s3:::shop-*/*"}
    assert where(policy, "sqs:CreateQueue") == {f"arn:aws:sqs:{place}:Shop-*"}
    assert where(policy, "logs:PutRetentionPolicy") == {
        f"arn:aws:logs:{place}:log-group:/aws/lambda/Shop_*",
        f"arn:aws:logs:{place}:log-group:/aws/lambda/Shop_*:*",
    }
    assert where(policy, "scheduler:CreateSchedule") == {
        f"arn:aws:scheduler:{place}:schedule/*/Shop-*"
    }
    assert where(policy, "s3:PutObject") == {"arn:aws:s3:::code/Shop/*"}
    assert policy.notes == ()


def test_a_star_is_for_actions_without_a_resource_level(policy: DeployerPolicy) -> None:
    for statement in policy.document["Statement"]:
        assert all(is_known(action) for action in statement["Action"])
        if "*" in statement["Resource"]:
            assert [one for one in statement["Action"] if not only_on_everything(one)] == []


def test_only_the_roles_of_the_stack_are_passed_and_only_to_who_takes_them(
    policy: DeployerPolicy,
) -> None:
    (passing,) = [one for one in policy.document["Statement"] if "iam:PassRole" in one["Action"]]
    assert passing == {
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": [
            "arn:aws:iam::123456789012:role/teams/Shop-*",
            "arn:aws:iam::123456789012:role/worker",
        ],
        "Condition": {
            "StringEquals": {
                "iam:PassedToService": ["lambda.amazonaws.com", "scheduler.amazonaws.com"]
            }
        },
    }
    assert "arn:aws:iam::123456789012:role/worker" in where(policy, "iam:GetRole")
    assert "arn:aws:iam::123456789012:role/worker" not in where(policy, "iam:CreateRole")


def test_it_allows_what_sparta_itself_asks_of_cloudformation(policy: DeployerPolicy) -> None:
    folder = Path(sparta.deploy.__file__).parent
    source = (folder / "stacks.py").read_text()
    methods = re.findall(
        r'self\._client\.(\w+)\(|self\._client\.(\w+), S|paginator\("(\w+)"\)', source
    )
    names = {name for found in methods for name in found if name and name != "get_paginator"}
    assert len(names) >= 8
    for name in names:
        action = "cloudformation:" + "".join(part.capitalize() for part in name.split("_"))
        assert where(policy, action) == {
            "arn:aws:cloudformation:eu-west-1:123456789012:stack/Shop/*"
        }, action


def test_a_long_stack_name_is_cut_as_cloudformation_cuts_it() -> None:
    scope = Scope("A" * 30)
    body = {"Type": "AWS::SQS::Queue", "Properties": {}}
    assert scope.arns("Jobs", body) == [f"arn:aws:sqs:*:*:{'A' * 24}*"]
    named = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "jobs"}}
    assert scope.arns("Jobs", named) == ["arn:aws:sqs:*:*:jobs"]


def test_what_is_not_known_is_said(application: Callable[..., Application]) -> None:
    resources = (
        'sparta.Resource("Own", "Custom::Own", {}), '
        'sparta.Resource("Group", "AWS::Athena::WorkGroup", {"Name": "x"})'
    )
    loaded = application(APP, "f, g", f", resources=[{resources}]")
    found = deployer_policy(synthesize(loaded), SCOPE)
    custom, athena = sorted(found.notes, key=lambda note: "Athena" in note)
    assert custom.startswith("Own: what Custom::Own needs is not in Sparta's table")
    assert athena == "Group: the ARN of AWS::Athena::WorkGroup is not known; it got `*`"


def test_an_image_is_pushed_to_its_repository(application: Callable[..., Application]) -> None:
    loaded = application(APP, "f, g", ', package="image"')
    found = deployer_policy(synthesize(loaded), SCOPE, "code", "shop")
    repository = "arn:aws:ecr:eu-west-1:123456789012:repository/shop"
    assert where(found, "ecr:PutImage") == {repository}
    assert where(found, "ecr:DescribeImages") == {repository}
    assert where(found, "ecr:GetAuthorizationToken") == {"*"}
