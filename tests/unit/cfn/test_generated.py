"""What stands in the tree beside what the generator makes of the pinned cfn-lint."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sparta.template.check.stubs import resource_type
from sparta.template.stateful import STATEFUL_TYPES

ROOT = Path(__file__).parents[3]
PASSING = {"AWS::CloudFormation::Stack", "AWS::Logs::LogGroup", "AWS::SQS::Queue"}
"""Stateful to cfn-lint, but what they hold passes, or has a policy of its own."""


@pytest.fixture(scope="module")
def generator() -> Any:
    folder = str(ROOT / "build_backend")
    sys.path.insert(0, folder)
    try:
        return import_module("build_resources")
    finally:
        sys.path.remove(folder)


@pytest.mark.parametrize("service", ["alexa_ask", "dynamodb", "lambda_", "sqs", "wafv2"])
def test_a_service_is_what_the_schemas_say(generator: Any, service: str) -> None:
    assert (generator.FOLDER / f"{service}.pyi").read_text() == generator.stub(service)
    assert (generator.FOLDER / f"{service}.py").read_text() == generator.module(service)


def test_every_service_has_both_files_and_no_other_has(generator: Any) -> None:
    services = set(generator.services())
    assert {path.stem for path in generator.FOLDER.glob("*.pyi")} == services
    assert services <= {path.stem for path in generator.FOLDER.glob("*.py")}


def test_every_type_can_be_made_and_read(generator: Any) -> None:
    for service, types in generator.services().items():
        module = import_module(f"sparta.cfn.{service}")
        for name in types:
            assert getattr(module, name.rpartition("::")[2]).type == name
    assert resource_type("AWS::EC2::Instance") is not None
    assert resource_type("AWS::EC2::Nothing") is None
    assert resource_type("Custom::Thing") is None


def test_what_holds_content_is_kept(generator: Any) -> None:
    source = generator.source() / "AdditionalSpecs" / "StatefulResources.json"
    listed = set(import_module("json").loads(source.read_text())["ResourceTypes"])
    assert listed - STATEFUL_TYPES == PASSING
    gone = {"AWS::QLDB::Ledger", "AWS::SDB::Domain"}
    known = {name for types in generator.services().values() for name in types}
    assert STATEFUL_TYPES - known <= gone
