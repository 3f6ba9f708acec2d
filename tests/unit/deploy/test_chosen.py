from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from sparta.deploy.change_set import _parameters
from sparta.deploy.chosen import chosen, unusable
from sparta.deploy.plan import left_open
from sparta.errors import DeployError
from sparta.template.template import Template

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Script

    from sparta.deploy.plan import Plan

STAGE = {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "prod"]}
SIZE = {"Type": "Number", "Default": 3}
SECRET = {"Type": "String", "NoEcho": True}


@pytest.fixture
def opened(plan: Plan) -> Plan:
    parameters: dict[str, Any] = {"Stage": STAGE, "Size": SIZE, "Secret": SECRET}
    return replace(plan, open_parameters=parameters, origins={"Secret": "app.py:3"})


def asked(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in _parameters(plan):
        found[one.get("ParameterKey", "")] = one.get("ParameterValue", "<previous>")
    return found


def standing(script: Script, before: dict[str, Any], **values: str) -> Any:
    listed = [{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()]
    script.stack("CREATE_COMPLETE", Parameters=listed)
    script.template(orjson.dumps({"Parameters": before, "Resources": {}}).decode())
    return script.aws.stacks.find("Shop")


def test_a_new_stack_takes_what_was_given_and_the_defaults(script: Script, opened: Plan) -> None:
    given = replace(opened, parameters={**opened.parameters, "Secret": "s"})
    code = {"CodeBucket": "code", "CodeKey": "Shop/abc-code.zip"}
    found = chosen(given, None, script.aws)
    assert asked(found) == {**code, "Secret": "s", "Stage": "dev", "Size": "3"}


def test_without_value_or_default_nothing_is_sent(script: Script, opened: Plan) -> None:
    with pytest.raises(DeployError) as caught:
        chosen(opened, None, script.aws)
    (problem,) = caught.value.problems
    assert (problem.what, problem.where) == ("the parameter Secret has no value", "app.py:3")
    assert "--parameter Secret=" in problem.fix


def test_a_choice_stays_and_a_new_default_arrives(script: Script, opened: Plan) -> None:
    before = {"Stage": STAGE, "Size": {"Type": "Number", "Default": 2}, "Secret": SECRET}
    stack = standing(script, before, Stage="prod", Size="2", Secret="****")
    found = asked(chosen(opened, stack, script.aws))
    assert found["Stage"] == "prod", "it was chosen"
    assert found["Size"] == "3", "nobody had chosen 2"
    assert found["Secret"] == "<previous>", "CloudFormation does not tell it"


def test_what_is_given_goes_before_what_was_chosen(script: Script, opened: Plan) -> None:
    stack = standing(script, {"Stage": STAGE, "Secret": SECRET}, Stage="prod", Secret="****")
    given = replace(opened, parameters={**opened.parameters, "Stage": "dev"})
    assert asked(chosen(given, stack, script.aws))["Stage"] == "dev"


def test_wrong_values_are_said_at_once() -> None:
    given = {"Stag": "dev", "Stage": "test", "Size": "4"}
    declared = {"Stage": STAGE, "Size": SIZE}
    found = list(unusable(given, declared, {"Stage": "app.py:2"}))
    assert [(one.what, one.where, one.fix) for one in found] == [
        ("the application has no parameter Stag", "", "it has Size, Stage"),
        ("the parameter Stage cannot be 'test'", "app.py:2", "use one of dev, prod"),
    ]


def test_the_author_opens_what_stands_in_a_file() -> None:
    parameters: dict[str, dict[str, Any]] = {"CodeKey": {"Type": "String"}, "Stage": STAGE}
    template = Template("Shop", parameters=parameters, origins={"Stage": "app.py:2"})
    assert left_open(template) == {"Stage": STAGE}
