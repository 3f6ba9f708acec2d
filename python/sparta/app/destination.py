"""Where Lambda itself sends what became of an event, and the one action that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.resource import Resource
from sparta.model.token import MARKER_END, MARKER_START

if TYPE_CHECKING:
    from sparta.app.function import Function

ACTIONS = {
    "events": "events:PutEvents",
    "lambda": "lambda:InvokeFunction",
    "sns": "sns:Publish",
    "sqs": "sqs:SendMessage",
}
"""What the function's role needs to send, by the service of the target's ARN.
Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"""

SERVICES = {
    "AWS::Events::EventBus": "events",
    "AWS::SNS::Topic": "sns",
    "AWS::SQS::Queue": "sqs",
}
"""The same for resources of the application, by their type."""

_ARN_FIELDS = 6
_REF_IS_ARN = "AWS::SNS::Topic"


def service_of(target: Resource | str) -> str:
    """Return the service of a target; empty where it is not one that events can be sent to."""
    if isinstance(target, Resource):
        return SERVICES.get(target.type, "")
    fields = _without_tokens(target).split(":", _ARN_FIELDS - 1)
    is_arn = len(fields) == _ARN_FIELDS and fields[0] == "arn"
    return fields[2] if is_arn and fields[2] in ACTIONS else ""


def arn_of(target: Resource | str) -> str:
    """Return the ARN of a target: text, or a token of one of the application's resources."""
    if isinstance(target, Resource):
        return target.ref if target.type == _REF_IS_ARN else target.get_att("Arn")
    return target


def destinations(function: Function[Any, Any]) -> tuple[object, ...]:
    """Return what was given as dead letter target and destinations, checked or not."""
    names = ("dead_letter", "on_success", "on_failure")
    options: dict[str, object] = getattr(function, "options", {})
    return tuple(options[name] for name in names if name in options)


def _without_tokens(text: str) -> str:
    """Return `text` with one letter for each token, whose own text has colons in it."""
    first, *others = str(text).split(MARKER_START)
    return first + "".join("x" + each.partition(MARKER_END)[2] for each in others)
