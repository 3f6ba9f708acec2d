"""What a function learns of the resources it declared: JSON that CloudFormation fills in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from sparta.model.reference import REF
from sparta.model.token import Token

if TYPE_CHECKING:
    from sparta.app.function import Function


def discovery_text(function: Function[Any, Any]) -> str:
    """Return the value of SPARTA_DISCOVERY_INFO, with tokens for what is not known yet.

    It names the resources in the function's `uses=` and no other.
    """
    resources = {}
    for use in function.uses:
        for resource in use.linked:
            logical_id = resource.logical_id
            attributes = getattr(resource, "discovery_attributes", (REF,))
            resources[logical_id] = {name: str(Token(logical_id, name)) for name in attributes}
    document = {
        "StackName": str(Token("AWS::StackName")),
        "Region": str(Token("AWS::Region")),
        "Resources": resources,
    }
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()
