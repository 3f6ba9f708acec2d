from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sparta.deploy.status import deployed_function, status
from sparta.errors import DeployError
from sparta.template.logical_id import function_id, part_id

if TYPE_CHECKING:
    from tests.unit.deploy.conftest import Script

FUNCTION = "AWS::Lambda::Function"


def test_stack_as_it_is(script: Script) -> None:
    script.stack(
        "UPDATE_COMPLETE",
        StackStatusReason="fine",
        Description="Sells",
        EnableTerminationProtection=True,
        Outputs=[{"OutputKey": "Url", "OutputValue": "http://x"}],
    )
    found = status("Shop", script.aws)
    assert (found.name, found.status, found.reason) == ("Shop", "UPDATE_COMPLETE", "fine")
    assert found.description == "Sells"
    assert found.protected
    assert found.outputs == {"Url": "http://x"}


def test_no_stack(script: Script) -> None:
    script.no_stack()
    with pytest.raises(DeployError, match="Shop is not deployed in eu-west-1"):
        status("Shop", script.aws)


def test_refused(script: Script) -> None:
    script.refuses("cloudformation.describe_stacks", "ValidationError", "name is too long")
    with pytest.raises(DeployError, match="ValidationError: name is too long"):
        status("Shop", script.aws)


@pytest.mark.parametrize("name", ["Sell it", "Sell_it", "Shop_Sell_it"])
def test_function_by_any_of_its_names(script: Script, name: str) -> None:
    script.stack("CREATE_COMPLETE")
    stack = status("Shop", script.aws)
    script.resources((function_id("Sell it"), "Shop_Sell_it", FUNCTION, "CREATE_COMPLETE"))
    assert deployed_function(stack, name, script.aws) == "Shop_Sell_it"


def test_a_published_function_is_meant_by_its_alias(script: Script) -> None:
    script.stack("CREATE_COMPLETE")
    stack = status("Shop", script.aws)
    alias = "arn:aws:lambda:eu-west-1:123456789012:function:Shop_Sell_it:live"
    script.resources(
        (function_id("Sell it"), "Shop_Sell_it", FUNCTION, "CREATE_COMPLETE"),
        (part_id("Alias", "Sell it"), alias, "AWS::Lambda::Alias", "CREATE_COMPLETE"),
    )
    assert deployed_function(stack, "Sell it", script.aws) == alias


def test_unknown_function_lists_the_known_ones(script: Script) -> None:
    script.stack("CREATE_COMPLETE")
    stack = status("Shop", script.aws)
    script.resources(
        ("A", "Shop_sell", FUNCTION, "CREATE_COMPLETE"), ("Q", "q", "AWS::SQS::Queue", "X")
    )
    with pytest.raises(DeployError, match="Shop has no function 'buy'") as caught:
        deployed_function(stack, "buy", script.aws)
    assert caught.value.problems[0].fix == "It has: Shop_sell"
