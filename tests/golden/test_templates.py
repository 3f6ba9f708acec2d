"""The templates of whole applications: byte for byte, and as CloudFormation wants them."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cfnlint import api  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).resolve().parent
SILENCED = {
    "I3011": "queues go with their stack unless their author says otherwise, as SQS itself has it",
}
"""Informational checks of cfn-lint that are not ours to follow, and why."""


def load_synthesize() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_synthesize", HERE / "synthesize.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


golden = load_synthesize()
NAMES = sorted(golden.APPLICATIONS)


@pytest.mark.parametrize("hash_seed", ["1", "2"])
@pytest.mark.parametrize("name", NAMES)
def test_the_template_is_the_one_it_was(name: str, hash_seed: str) -> None:
    printed = golden.printed_template(golden.APPLICATIONS[name], hash_seed)
    expected = (HERE / f"{name}.template.json").read_bytes()
    assert printed == expected, "see the docstring of tests/golden/synthesize.py"


@pytest.mark.parametrize("name", NAMES)
def test_cfn_lint_has_nothing_to_say(name: str) -> None:
    text = (HERE / f"{name}.template.json").read_text()
    config = api.ManualArgs(
        include_checks=["I"], ignore_checks=sorted(SILENCED), regions=["us-east-1"]
    )
    found = [
        f"{match.rule.id} {match.path}: {match.message}" for match in api.lint(text, config=config)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_partitions_are_left_to_cloudformation(name: str) -> None:
    """Only an ARN that the author wrote out names a partition, and wildcards stand in no action."""
    written = golden.APPLICATIONS[name].read_text()
    found = re.findall(r'"(arn:aws[^"]*)"', (HERE / f"{name}.template.json").read_text())
    assert [arn for arn in found if f'"{arn}"' not in written] == []


def test_hello_has_the_ids_of_the_original() -> None:
    template: dict[str, Any] = json.loads((HERE / "hello.template.json").read_bytes())
    types = {key: body["Type"] for key, body in template["Resources"].items()}
    function = "HelloworldtestLambdaa4a9e95c84255c65c284ce95dd7d3c45776c1a68"
    assert types.pop(function) == "AWS::Lambda::Function"
    assert types.pop("IAMRolebc3b888fab1664f42799785a6d9a3bb76ea63798") == "AWS::IAM::Role"
    assert list(types.values()) == ["AWS::Logs::LogGroup"]
    name = template["Resources"][function]["Properties"]["FunctionName"]
    assert name == {"Fn::Sub": "${AWS::StackName}_Hello_world_test"}
