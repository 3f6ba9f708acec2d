"""CloudFormation's functions, for what a token in a text cannot say; each returns a token.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from sparta.cfn.resource import Resource
from sparta.model.expression import expression
from sparta.model.reference import REF
from sparta.model.token import Token
from sparta.runtime import discovery

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sparta.cfn.parameter import Parameter


def Ref(of: str | Resource | Parameter) -> Token:
    """Return the Ref of a resource or parameter, or of a logical id or pseudo parameter."""
    found: Any = discovery.attribute(of, REF) if isinstance(of, str) else of.ref
    return found  # type: ignore[no-any-return]


def GetAtt(of: str | Resource, attribute: str) -> Token:
    """Return a return value of a resource, or of a logical id."""
    logical_id = of if isinstance(of, str) else of.logical_id
    found: Any = discovery.attribute(logical_id, attribute)
    return found  # type: ignore[no-any-return]


def Sub(text: str, variables: Mapping[str, str] | None = None) -> Token:
    """Return `text` with CloudFormation's `${...}` filled in; an f-string with tokens needs none.

    Args:
        text: The text; `${Name}`, `${Name.Attribute}`, `${!Literal}`.
        variables: Values for names of its own.
    """
    return expression("Fn::Sub", [text, variables] if variables else text)


def Join(delimiter: str, values: Sequence[str] | Token) -> Token:
    """Return texts, or a list that only CloudFormation knows, as one text."""
    return expression("Fn::Join", [delimiter, values])


def Select(index: int | Token, values: Sequence[str] | Token) -> Token:
    """Return one of several texts, counted from 0."""
    return expression("Fn::Select", [index, values])


def Split(delimiter: str, text: str) -> Token:
    """Return the parts of a text that only CloudFormation knows, as a list."""
    return expression("Fn::Split", [delimiter, text])


def Base64(text: str) -> Token:
    """Return a text in base64, as user data of an instance wants it."""
    return expression("Fn::Base64", text)


def ImportValue(export: str) -> Token:
    """Return what another stack exports under that name."""
    return expression("Fn::ImportValue", export)


def GetAZs(region: str = "") -> Token:
    """Return the availability zones of a region, that of the stack by default, as a list."""
    return expression("Fn::GetAZs", region)
