from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.policy.handlers import handler_actions
from sparta.policy.operations import _NAMED_APART, PREFIXES, needs_of
from sparta.policy.places import PLACES
from sparta.template.check.actions import is_known

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[3]


def generator() -> ModuleType:
    file = ROOT / "build_backend" / "build_privileges.py"
    spec = importlib.util.spec_from_file_location("build_privileges", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_pinned_cfn_lint() -> None:
    made = generator()
    assert made.ACTIONS.read_text() == made.actions_text()
    assert made.HANDLERS.read_text() == made.handlers_text()


def test_every_type_whose_arn_is_known_has_its_handlers_in_the_table() -> None:
    assert [name for name in PLACES if name not in generator().TYPES] == []


def test_handlers_ask_other_services_only_where_a_property_says_so() -> None:
    plain = handler_actions("AWS::Lambda::Function", {"Code": {"S3Bucket": "b"}}) or []
    assert {action.partition(":")[0] for action in plain} == {"lambda", "s3"}
    private = handler_actions("AWS::Lambda::Function", {"VpcConfig": {}, "KmsKeyArn": "k"}) or []
    assert {"ec2:DescribeSubnets", "kms:Encrypt"} <= set(private)
    table = handler_actions("AWS::DynamoDB::Table", {}) or []
    assert "dynamodb:CreateTable" in table
    assert "dynamodb:PutItem" not in table


def test_a_type_beside_the_table_comes_from_cfn_lint_or_is_unknown() -> None:
    found = handler_actions("AWS::Athena::WorkGroup", {"Name": "x"}) or []
    assert "athena:CreateWorkGroup" in found
    assert handler_actions("Custom::Thing", {}) is None


def test_each_call_that_is_named_apart_needs_known_actions() -> None:
    for call, needs in _NAMED_APART.items():
        for action in (*needs.all, *needs.some):
            assert action.endswith(":*") or is_known(action), f"{call}: {action}"
    assert set(PREFIXES) >= {call.partition(".")[0] for call in _NAMED_APART}


def test_most_calls_are_named_as_their_action() -> None:
    for service, method, action in (
        ("dynamodb", "put_item", "dynamodb:PutItem"),
        ("stepfunctions", "start_execution", "states:StartExecution"),
        ("ssm", "get_parameters_by_path", "ssm:GetParametersByPath"),
        ("s3", "head_object", "s3:GetObject"),
    ):
        needs = needs_of(service, method)
        assert needs is not None
        assert needs.all == (action,)
    assert needs_of("s3", "select_everything") is None
    assert needs_of("nobody", "get_item") is None
