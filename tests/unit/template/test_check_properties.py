from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sparta.template.check.properties import wrong_properties

if TYPE_CHECKING:
    from collections.abc import Callable

    Problems = Callable[..., list[str]]

KEY = [{"AttributeName": "id", "KeyType": "HASH"}]
TABLE = {"KeySchema": KEY}


def table(**properties: Any) -> dict[str, Any]:
    return {"T": {"Type": "AWS::DynamoDB::Table", "Properties": {**TABLE, **properties}}}


@pytest.mark.parametrize(
    ("properties", "what", "fix"),
    [
        ({"TableNam": "a"}, ": 'TableNam' is unknown", "did you mean TableName?"),
        ({"BillingMode": "X"}, " BillingMode: 'X' is not", "it takes PAY_PER_REQUEST, PROVISIONED"),
        ({"TableName": ["a"]}, " TableName: a list is not a text", ""),
        ({"KeySchema": [{"AttributeName": "a"}]}, " KeySchema[0]: KeyType is missing", "give it"),
        ({"Tags": {"a": "b"}}, " Tags: an object is not a list", ""),
        ({"DeletionProtectionEnabled": "perhaps"}, ": 'perhaps' is not a boolean", ""),
        (
            {"ProvisionedThroughput": {"ReadCapacityUnits": 1.5, "WriteCapacityUnits": 1}},
            " ProvisionedThroughput.ReadCapacityUnits: 1.5 is not an integer",
            "",
        ),
    ],
)
def test_a_wrong_property_is_named(
    problems: Problems, properties: dict[str, Any], what: str, fix: str
) -> None:
    (found,) = problems(wrong_properties, table(**properties))
    assert found.startswith("T: AWS::DynamoDB::Table")
    assert what in found
    assert fix in found


def test_all_are_said_at_once(problems: Problems) -> None:
    resources = {
        "T": {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "X", "Y": 1}},
        "Q": {"Type": "AWS::SQS::Queue", "Properties": {"Delay": 1}},
    }
    assert len(problems(wrong_properties, resources)) == 4


@pytest.mark.parametrize(
    "properties",
    [
        {"BillingMode": {"Ref": "Mode"}},
        {"BillingMode": {"Fn::If": ["A", "PROVISIONED", {"Ref": "AWS::NoValue"}]}},
        {"DeletionProtectionEnabled": "true", "Tags": []},
        {"ProvisionedThroughput": {"ReadCapacityUnits": "1", "WriteCapacityUnits": 2}},
        {"ResourcePolicy": {"PolicyDocument": {"Statement": []}}},
    ],
)
def test_what_cloudformation_takes_is_no_problem(
    problems: Problems, properties: dict[str, Any]
) -> None:
    assert problems(wrong_properties, table(**properties)) == []


@pytest.mark.parametrize(
    "body",
    [
        {"Type": "Custom::Thing", "Properties": {"Anything": 1}},
        {"Type": "AWS::DynamoDB::Novelty", "Properties": {"Anything": 1}},
        {"Type": "AWS::CloudFormation::CustomResource", "Properties": {"Anything": [1]}},
        {"Type": "AWS::SQS::Queue"},
    ],
)
def test_what_is_not_known_is_not_judged(problems: Problems, body: dict[str, Any]) -> None:
    assert problems(wrong_properties, {"R": body}) == []
