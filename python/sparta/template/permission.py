"""Permissions: who, besides its own account's roles, may invoke a function.

Source: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.template.intrinsics import get_att, ref

if TYPE_CHECKING:
    from sparta.template.template import Body


def permission(
    function_id: str,
    principal: str,
    source_arn: Any = None,  # noqa: ANN401 - JSON
    *,
    own_account: bool = False,
) -> Body:
    """Return the right of one source, and of that source only, to invoke one function.

    Args:
        function_id: The function's logical id.
        principal: The service, such as `events.amazonaws.com`.
        source_arn: The source's ARN, text or intrinsic function; None where it cannot be known.
        own_account: Whether the source has to be of the stack's account; for sources that say of
            which they are, and whose ARN does not, or is no proof.
    """
    properties: Body = {
        "Action": "lambda:InvokeFunction",
        "FunctionName": get_att(function_id),
        "Principal": principal,
    }
    if source_arn is not None:
        properties["SourceArn"] = source_arn
    if own_account:
        properties["SourceAccount"] = ref("AWS::AccountId")
    return {"Type": "AWS::Lambda::Permission", "Properties": properties}
