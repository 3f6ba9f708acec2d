"""What a function learns of the resources it declared: JSON that CloudFormation fills in.

It stands in the function's environment. Where that has no room for it, it stands in parameters of
SSM, which the function reads once, with a right of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from sparta.aws.parameter import parameter_arn
from sparta.cfn.condition import If
from sparta.cfn.resource import Resource
from sparta.env import SPARTA_DISCOVERY_INFO, SPARTA_DISCOVERY_PARAMETERS
from sparta.model.reference import REF
from sparta.model.token import Token, markers
from sparta.runtime.rust_handler import RustHandler
from sparta.template.logical_id import part_id
from sparta.template.policy import allow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.function import Function
    from sparta.template.template import Body

MAX_ENVIRONMENT_BYTES = 4096
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
_OTHER_VARIABLES_BYTES = 200
"""Room for what Sparta sets beside: the exec wrapper, and the function in Rust."""
_MAX_PARAMETER_BYTES = 4096
"""Of the standard tier.
https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"""
_LONGEST_PREFIX = len("https://sqs.ap-southeast-1.amazonaws.com/123456789012/")
_SUFFIX = len("--0123456789ABC")
"""What CloudFormation adds to the names of stack and resource."""

Resources = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class DiscoveryForm:
    """How one function learns of its resources.

    Args:
        variables: What goes into its environment; text holds tokens.
        resources: Parameters of SSM, by logical id; none where the environment has room.
        statements: What the function's role needs to read them.
    """

    variables: dict[str, str]
    resources: dict[str, Body] = field(default_factory=dict)
    statements: tuple[Body, ...] = ()


def discovery_form(function: Function[Any, Any], service: str) -> DiscoveryForm:
    """Return how `function` learns of the resources in its `uses=`, and of no other.

    Args:
        function: The function.
        service: The application's name, which is the stack's.
    """
    declared = _declared(function)
    whole = {SPARTA_DISCOVERY_INFO: _text({**_stack(), "Resources": declared})}
    variables = {**function.environment, **whole}
    size_bytes = sum(len(name) + _most_bytes(text, service) for name, text in variables.items())
    # What is written in Rust reads its environment only: there the limit is an error.
    if (
        size_bytes <= MAX_ENVIRONMENT_BYTES - _OTHER_VARIABLES_BYTES
        or isinstance(function.handler, RustHandler)
        or not declared
    ):
        return DiscoveryForm(whole)
    parameters = {
        part_id("Discovery", function.name, str(number)): _parameter(function, part, number)
        for number, part in enumerate(_parts(declared, service))
    }
    names = [str(Token(logical_id)) for logical_id in parameters]
    return DiscoveryForm(
        {
            SPARTA_DISCOVERY_INFO: _text({**_stack(), "Resources": {}}),
            SPARTA_DISCOVERY_PARAMETERS: ",".join(names),
        },
        parameters,
        (allow(["ssm:GetParameter"], [parameter_arn(f"{_folder(function)}/*")]),),
    )


def _stack() -> dict[str, str]:
    names = ("Region", "StackId", "StackName")
    return {name: str(Token(f"AWS::{name}")) for name in names}


def _declared(function: Function[Any, Any]) -> Resources:
    found: Resources = {}
    for use in function.uses:
        for resource in use.linked:
            # The name of a bucket outside of the stack is known without CloudFormation.
            if isinstance(resource, Resource) and not resource.outside_stack:
                logical_id = resource.logical_id
                names = resource.discovery_attributes or (REF,)
                known: dict[str, str] = {name: Token(logical_id, name) for name in names}
                condition = resource.condition
                if condition is not None:  # where it is not made, it has no name
                    known = {name: If(condition, token, "") for name, token in known.items()}
                found[logical_id] = {name: str(token) for name, token in known.items()}
    return found


def _parts(declared: Resources, service: str) -> Iterator[Resources]:
    """Yield the resources in as many parts as parameters have to hold them."""
    part: Resources = {}
    for logical_id in sorted(declared):
        longer = {**part, logical_id: declared[logical_id]}
        if part and _most_bytes(_text(longer), service) > _MAX_PARAMETER_BYTES:
            yield part
            longer = {logical_id: declared[logical_id]}
        part = longer
    yield part


def _most_bytes(text: str, service: str) -> int:
    """Return what a text with tokens may have at most, once CloudFormation has filled it in."""
    found = markers(text)
    plain = len(str(text).encode()) - sum(
        len(str(Token(logical_id, name)).encode()) for logical_id, name in found
    )
    longest = (
        _LONGEST_PREFIX + len(service) + len(logical_id) + _SUFFIX for logical_id, _ in found
    )
    return plain + sum(longest)


def _parameter(function: Function[Any, Any], resources: Resources, number: int) -> Body:
    return {
        "Type": "AWS::SSM::Parameter",
        "Properties": {
            "Description": f"What {function.name} discovers; its environment has no room",
            "Name": f"{_folder(function)}/{number}",
            "Type": "String",
            "Value": _text(resources),
        },
    }


def _folder(function: Function[Any, Any]) -> str:
    return f"/{Token('AWS::StackName')}/{function.entry_name}/discovery"


def _text(document: Any) -> str:  # noqa: ANN401 - any JSON
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()
