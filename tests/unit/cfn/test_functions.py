from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sparta import cfn
from sparta.cfn import sqs
from sparta.errors import DiscoveryError, TemplateError, TokenError
from sparta.runtime import discovery
from sparta.template import synthesize
from sparta.template.tokens import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.app.application import Application

    Make = Callable[..., Application]

STAGE = cfn.Parameter("Stage", default="dev")
IS_PROD = cfn.Condition("IsProd", cfn.Equals(STAGE, "prod"))
QUEUE = sqs.Queue("Jobs")
AZ = {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
STAGE_REF = {"Ref": "Stage"}
IN_JSON = {"Fn::Sub": '{"a": "${Stage}", "b": "${Jobs.Arn}"}'}


CASES: list[tuple[Any, Any]] = [
    (STAGE.ref, STAGE_REF),
    (f"a-{STAGE}", {"Fn::Sub": "a-${Stage}"}),
    (f"{STAGE}-{QUEUE.Arn}", {"Fn::Sub": "${Stage}-${Jobs.Arn}"}),
    (cfn.Ref(QUEUE), {"Ref": "Jobs"}),
    (cfn.Ref("AWS::Region"), {"Ref": "AWS::Region"}),
    (cfn.GetAtt(QUEUE, "Arn"), {"Fn::GetAtt": ["Jobs", "Arn"]}),
    (cfn.Join("-", ["a", STAGE.ref]), {"Fn::Join": ["-", ["a", STAGE_REF]]}),
    (cfn.Split(",", STAGE.ref), {"Fn::Split": [",", STAGE_REF]}),
    (cfn.Select(0, cfn.GetAZs()), AZ),
    (cfn.Base64(f"x{STAGE}"), {"Fn::Base64": {"Fn::Sub": "x${Stage}"}}),
    (cfn.ImportValue("vpc"), {"Fn::ImportValue": "vpc"}),
    (cfn.Sub("${Stage} ${x}", {"x": STAGE.ref}), {"Fn::Sub": ["${Stage} ${x}", {"x": STAGE_REF}]}),
    (cfn.If(IS_PROD, "a", QUEUE.Arn), {"Fn::If": ["IsProd", "a", {"Fn::GetAtt": ["Jobs", "Arn"]}]}),
    (cfn.If(IS_PROD, 3, cfn.NO_VALUE), {"Fn::If": ["IsProd", 3, {"Ref": "AWS::NoValue"}]}),
    (f"in {cfn.Select(0, cfn.GetAZs())}", {"Fn::Sub": ["in ${Value1}", {"Value1": AZ}]}),
    (
        f"{cfn.If(IS_PROD, 'a', 'b')} ${{x}} {cfn.If(IS_PROD, 'a', 'b')}",
        {"Fn::Sub": ["${Value1} ${!x} ${Value1}", {"Value1": {"Fn::If": ["IsProd", "a", "b"]}}]},
    ),
    (
        cfn.FindInMap(cfn.Mapping("Sizes", {"a": {"b": "c"}}), STAGE, "b"),
        {"Fn::FindInMap": ["Sizes", STAGE_REF, "b"]},
    ),
    (
        {"Fn::Sub": f"${{x}} {cfn.GetAZs()}"},
        {"Fn::Sub": ["${x} ${Value1}", {"Value1": {"Fn::GetAZs": ""}}]},
    ),
    (json.dumps({"a": STAGE.ref, "b": QUEUE.Arn}), IN_JSON),
    (json.dumps({"a": f"{STAGE}", "b": QUEUE.Arn}, ensure_ascii=False), IN_JSON),
    (
        json.dumps({"a": cfn.If(IS_PROD, "'", '"')}),
        {"Fn::Sub": ['{"a": "${Value1}"}', {"Value1": {"Fn::If": ["IsProd", "'", '"']}}]},
    ),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_token_becomes_its_function(number: int) -> None:
    value, expected = CASES[number]
    assert resolve(value) == expected


def test_what_something_refers_to_is_declared(application: Make) -> None:
    unused = cfn.Parameter("Unused")
    size = cfn.Parameter("Size", type="Number", min_value=1, max_value=3, description="How many")
    secret = cfn.Parameter("Secret", secret=True, allowed_pattern="[a-z]+", constraint="letters")
    both = cfn.Condition("Both", cfn.And(IS_PROD, cfn.Not(cfn.Equals(secret, ""))))
    table = cfn.Mapping("Sizes", {"prod": {"Delay": "5"}})
    jobs = sqs.Queue("Jobs", DelaySeconds=size.ref, QueueName=f"{secret}", condition=both)
    other = sqs.Queue("Other", DelaySeconds=cfn.FindInMap(table, STAGE, "Delay"))
    assert unused.name == "Unused"
    template = synthesize(application(resources=[jobs, other]))
    assert template.parameters == {
        "Stage": {"Type": "String", "Default": "dev"},
        "Size": {"Type": "Number", "MinValue": 1, "MaxValue": 3, "Description": "How many"},
        "Secret": {
            "Type": "String", "NoEcho": True, "AllowedPattern": "[a-z]+",
            "ConstraintDescription": "letters",
        },
    }  # fmt: skip
    assert template.conditions == {
        "IsProd": {"Fn::Equals": [STAGE_REF, "prod"]},
        "Both": {
            "Fn::And": [
                {"Condition": "IsProd"},
                {"Fn::Not": [{"Fn::Equals": [{"Ref": "Secret"}, ""]}]},
            ]
        },
    }
    assert template.mappings == {"Sizes": {"prod": {"Delay": "5"}}}
    assert template.resources["Jobs"]["Condition"] == "Both"
    assert template.outputs["Jobs"]["Condition"] == "Both"
    assert template.origins["Size"] == size.declared_at


def test_names_are_taken_once(application: Make) -> None:
    first, second = cfn.Parameter("Stage", default="a"), cfn.Parameter("Stage", default="b")
    own, odd = cfn.Parameter("CodeKey"), cfn.Parameter("a-b")
    clash = cfn.Parameter("Jobs")
    names = [first, second, own, odd, clash]
    jobs = sqs.Queue("Jobs", Tags=[{"Key": "a", "Value": one.ref} for one in names])
    function = __import__("sparta").Function(lambda: None, name="f")
    with pytest.raises(TemplateError) as caught:
        synthesize(application(function, resources=[jobs]))
    found = {problem.what for problem in caught.value.problems}
    assert found == {
        f"Stage is declared twice, the other time at {first.declared_at}",
        "the parameter CodeKey is Sparta's own",
        "'a-b' is not a name",
        f"Jobs is a resource too, at {jobs.declared_at}",
    }


def test_what_is_not_known_yet_is_not_looked_into() -> None:
    with pytest.raises(TokenError, match="decided by CloudFormation"):
        bool(IS_PROD)
    with pytest.raises(TokenError):
        cfn.GetAZs()[0]
    with pytest.raises(TokenError, match="cannot stand in a template"):
        resolve({"a": QUEUE})


def test_a_handler_cannot_read_a_parameter() -> None:
    with discovery.running("f", ()), pytest.raises(DiscoveryError, match="environment="):
        str(STAGE)


def test_an_empty_text_is_a_default_too() -> None:
    assert cfn.Parameter("Suffix", default="").body == {"Default": "", "Type": "String"}
    assert cfn.Parameter("Suffix").body == {"Type": "String"}
