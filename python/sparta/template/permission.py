"""Permissions: who, besides its own account's roles, may invoke a function.

Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.template.intrinsics import get_att

if TYPE_CHECKING:
    from sparta.template.template import Body


def permission(function_id: str, principal: str, source_arn: Any) -> Body:  # noqa: ANN401 - JSON
    """Return the right of one source, and of that source only, to invoke one function.

    Args:
        function_id: The function's logical id.
        principal: The service, such as `events.amazonaws.com`.
        source_arn: The source's ARN, text or intrinsic function.
    """
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": get_att(function_id),
            "Principal": principal,
            "SourceArn": source_arn,
        },
    }
