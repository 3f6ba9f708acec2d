"""How a stack is, for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import DeployError
from sparta.template.logical_id import function_id, part_id

if TYPE_CHECKING:
    from sparta.deploy.aws import Aws
    from sparta.deploy.stack import Stack

_FUNCTION = "AWS::Lambda::Function"
_ALIAS = "AWS::Lambda::Alias"


def status(stack_name: str, aws: Aws) -> Stack:
    """Return the stack of that name.

    Raises:
        DeployError: There is none.
    """
    stack = aws.stacks.find(stack_name)
    if stack is None:
        what = f"The service {stack_name} is not deployed in {aws.region}"
        raise DeployError(what, fix="Deploy it by provision, or choose another region or --local")
    return stack


def deployed_function(stack: Stack, function: str, aws: Aws) -> str:
    """Return what to invoke for a function of `stack`: its alias where it has one, else its name.

    The alias is what its triggers invoke too; the name alone would be the unpublished state.

    Args:
        stack: The stack it belongs to.
        function: Its name as declared (`create_order`, `Hello world test`), or already AWS's.
        aws: Where the stack is.

    Raises:
        DeployError: The stack has no such function; the message lists those it has.
    """
    resources = tuple(aws.stacks.resources(stack.stack_id))
    names = {
        found.logical_id: found.physical_id
        for found in resources
        if found.resource_type == _FUNCTION
    }
    if function in names.values():
        return function
    if function_id(function) not in names:
        listed = ", ".join(sorted(names.values())) or "none"
        raise DeployError(f"{stack.name} has no function {function!r}", fix=f"It has: {listed}")
    aliases = {
        found.logical_id: found.physical_id for found in resources if found.resource_type == _ALIAS
    }
    return aliases.get(part_id("Alias", function)) or names[function_id(function)]
