"""CloudFormation's intrinsic functions, as the few shapes that this layer writes.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
"""

from __future__ import annotations

from typing import Any

Intrinsic = dict[str, Any]


def ref(logical_id: str) -> Intrinsic:
    """Return a reference to a parameter, pseudo parameter or resource."""
    return {"Ref": logical_id}


def get_att(logical_id: str, attribute: str = "Arn") -> Intrinsic:
    """Return a reference to one of a resource's return values, its ARN unless said."""
    return {"Fn::GetAtt": [logical_id, attribute]}


def sub(text: str) -> Intrinsic:
    """Return `text` with its `${...}` filled in by CloudFormation."""
    return {"Fn::Sub": text}
