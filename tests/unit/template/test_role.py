"""Roles: the function's own log group, what it declared, what its sources need, nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sparta import cfn
from sparta.app.function import Function
from sparta.aws import Bucket, Queue, Table
from sparta.cfn import sqs as cfn_sqs
from sparta.cfn.resource import Resource
from sparta.iam.builder import allow
from sparta.iam.statement import Statement
from sparta.template import synthesize
from sparta.template.check import check
from sparta.template.logical_id import function_id, role_id
from sparta.triggers.clock import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

LOGS = {
    "Effect": "Allow",
    "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
    "Resource": [
        {
            "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:"
            "/aws/lambda/${AWS::StackName}_handler:*"
        }
    ],
}


def handler() -> None: ...


def statements(application: Application) -> list[dict[str, Any]]:
    body = synthesize(application).resources[role_id("Orders", "handler")]
    (policy,) = body["Properties"]["Policies"]
    found: list[dict[str, Any]] = policy["PolicyDocument"]["Statement"]
    return found


def test_a_role_without_uses_may_write_its_own_log_only(
    application: Callable[..., Application],
) -> None:
    assert statements(application(Function(handler))) == [LOGS]


def test_only_lambda_may_assume_it(application: Callable[..., Application]) -> None:
    template = synthesize(application(Function(handler)))
    (trust,) = template.resources[role_id("Orders", "handler")]["Properties"][
        "AssumeRolePolicyDocument"
    ]["Statement"]
    assert trust == {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }


def test_grants_on_one_resource_become_one_statement(
    application: Callable[..., Application],
) -> None:
    orders, uploads = Table("Orders", key="id"), Bucket("Uploads")
    uses = [orders.grant("PutItem"), uploads.grant("GetObject", "ListBucket"), orders.read()]
    expected = [
        LOGS,
        {
            "Effect": "Allow",
            "Action": [
                "dynamodb:BatchGetItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:Scan",
            ],
            "Resource": [{"Fn::GetAtt": ["Orders", "Arn"]}],
        },
        {
            "Effect": "Allow",
            "Action": ["s3:ListBucket"],
            "Resource": [{"Fn::GetAtt": ["Uploads", "Arn"]}],
        },
        {
            "Effect": "Allow",
            "Action": ["s3:GetObject"],
            "Resource": [{"Fn::Sub": "${Uploads.Arn}/*"}],
        },
    ]
    assert statements(application(Function(handler, uses=uses))) == expected
    assert statements(application(Function(handler, uses=uses[::-1]))) == expected


def test_statements_keep_effect_and_condition_apart(
    application: Callable[..., Application],
) -> None:
    condition = {"StringEquals": {"s3:ExistingObjectTag/public": "yes"}}
    uses = [
        Statement(["s3:GetObject"], ["arn:aws:s3:::a/*"], conditions=condition),
        Statement(["s3:GetObject"], ["arn:aws:s3:::a/*"], effect="Deny"),
        Statement(["s3:GetObject"], ["arn:aws:s3:::a/*"]),
    ]
    found = statements(application(Function(handler, uses=uses)))[1:]
    assert {"Effect": "Deny", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a/*"]} in found
    assert [each for each in found if each.get("Condition") == condition]
    assert len(found) == 3


def test_a_queue_adds_what_polling_needs(application: Callable[..., Application]) -> None:
    jobs = Queue("Jobs")
    function = Function(handler, uses=[jobs.grant("DeleteMessage")], on=jobs.messages())
    assert statements(application(function))[1:] == [
        {
            "Effect": "Allow",
            "Action": ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
            "Resource": [{"Fn::GetAtt": ["Jobs", "Arn"]}],
        }
    ]


OWN = Resource("Own", "AWS::IAM::Role", attributes=["Arn"])


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("arn:aws:iam::123456789012:role/existing", "arn:aws:iam::123456789012:role/existing"),
        (
            "existing",
            {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/existing"},
        ),
        (OWN.get_att("Arn"), {"Fn::GetAtt": ["Own", "Arn"]}),
        (OWN.ref, {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Own}"}),
    ],
    ids=["arn", "name", "token of an arn", "token of a name"],
)
def test_an_existing_role_takes_the_place_of_an_own_one(
    application: Callable[..., Application], role: str, expected: object
) -> None:
    template = synthesize(application(Function(handler, role=role), resources=[OWN]))
    assert template.resources[function_id("handler")]["Properties"]["Role"] == expected
    assert role_id("Orders", "handler") not in template.resources


def test_boundary_and_path_are_on_every_role_sparta_makes(
    application: Callable[..., Application],
) -> None:
    timed = Function(lambda: None, name="timed", on=schedule("rate(1 hour)"))
    own = Function(
        lambda: None,
        name="own",
        permissions_boundary="arn:aws:iam::123456789012:policy/own",
        role_path="/own/",
    )
    declared = replace(application(timed, own), permissions_boundary="Limits", role_path="/all/")
    template = synthesize(declared)
    roles = [body for body in template.resources.values() if body["Type"] == "AWS::IAM::Role"]
    limits = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/Limits"}
    found = [(one["Properties"]["PermissionsBoundary"], one["Properties"]["Path"]) for one in roles]
    assert found.count((limits, "/all/")) == 2
    assert found.count(("arn:aws:iam::123456789012:policy/own", "/own/")) == 1
    assert len(found) == 3


def test_a_statement_on_a_declared_arn_deploys_it_and_lets_it_be_found(
    application: Callable[..., Application],
) -> None:
    uploads = Bucket("Uploads")
    use = (
        allow("s3:GetObject").on(uploads.arn / "images/*").when(Bool={"aws:SecureTransport": True})
    )
    template = synthesize(application(Function(lambda: None, name="reads", uses=[use])))
    assert template.resources["Uploads"]["Type"] == "AWS::S3::Bucket"
    (function,) = [
        body for body in template.resources.values() if body["Type"] == "AWS::Lambda::Function"
    ]
    known = function["Properties"]["Environment"]["Variables"]["SPARTA_DISCOVERY_INFO"]["Fn::Sub"]
    assert '"Uploads":{"Arn":"${Uploads.Arn}","Ref":"${Uploads}"}' in known
    (role,) = [body for body in template.resources.values() if body["Type"] == "AWS::IAM::Role"]
    statement = role["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][-1]
    assert statement["Resource"] == [{"Fn::Sub": "${Uploads.Arn}/images/*"}]
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": True}}


def test_rights_on_what_a_condition_makes_stand_under_it(
    application: Callable[..., Application],
) -> None:
    is_prod = cfn.Condition("IsProd", cfn.Equals(cfn.Parameter("Stage", default="dev"), "prod"))
    rare = cfn_sqs.Queue("Rare", condition=is_prod)
    jobs = Queue("Jobs")
    made = application(
        Function(handler, uses=[allow("sqs:SendMessage").on(rare.Arn, jobs.arn), jobs.write()])
    )
    on_jobs = {"Fn::GetAtt": ["Jobs", "Arn"]}
    on_rare = {
        "Effect": "Allow",
        "Action": ["sqs:SendMessage"],
        "Resource": [{"Fn::GetAtt": ["Rare", "Arn"]}],
    }
    found = statements(made)
    assert {"Fn::If": ["IsProd", on_rare, {"Ref": "AWS::NoValue"}]} in found
    assert all(on_jobs in one["Resource"] for one in found if one != LOGS and "Fn::If" not in one)
    assert check(synthesize(made)) == []
