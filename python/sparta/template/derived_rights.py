"""The rights that a function's options take: to send, to mount, to join a network, to trace.

Each is on the one thing it is about. What IAM knows no narrower resource for is on `*`:
`ec2:DescribeNetworkInterfaces`, `ec2:DescribeSubnets` and X-Ray's two actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import ACTIONS, arn_of, service_of
from sparta.app.function import Function
from sparta.app.settings import settings_of
from sparta.iam.builder import arn
from sparta.iam.statement import Statement
from sparta.model.token import Token
from sparta.template.function_name import function_arn
from sparta.template.policy import allow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.surroundings import FileSystem
    from sparta.template.template import Body

_LISTING = ("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets")
_CONNECTING = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
)
"""Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"""
_TRACING = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")


def derived_rights(service: str, function: Function[Any, Any]) -> Iterator[Body]:
    """Yield IAM statements for the function's own role.

    Args:
        service: The application's name.
        function: The function; its options were checked.
    """
    settings = settings_of(function)
    for target in (settings.dead_letter, settings.on_failure, settings.on_success):
        if isinstance(target, Function):
            yield allow([ACTIONS["lambda"]], [invoked_arn(service, target)])
        elif target is not None:
            yield allow([ACTIONS[service_of(target)]], [arn_of(target)])
    if settings.tracing == "Active":
        yield allow(_TRACING, ["*"])
    if settings.file_system:
        yield _mounting(settings.file_system)
    if settings.vpc:
        yield from _networking(service, function)


def invoked_arn(service: str, function: Function[Any, Any]) -> str:
    """Return the ARN by which others invoke a function: its alias, where it has one.

    It is made of names, so that a role which holds it does not have to wait for the function.
    """
    arn = function_arn(service, function.name)
    alias = settings_of(function).published_alias
    return f"{arn}:{alias}" if alias else arn


def _mounting(file_system: FileSystem) -> Body:
    actions = ["elasticfilesystem:ClientMount"]
    if not file_system.read_only:
        actions.append("elasticfilesystem:ClientWrite")
    statement = allow(actions, [arn("elasticfilesystem", "file-system/*")])
    only_through = {"elasticfilesystem:AccessPointArn": file_system.access_point_arn}
    return {**statement, "Condition": {"StringEquals": only_through}}


def _networking(service: str, function: Function[Any, Any]) -> Iterator[Body]:
    """Yield what Lambda needs to connect the function, and keep the function's code from it."""
    yield allow(_LISTING, ["*"])
    # Subnets that another account shares are that account's.
    region = f"{Token('AWS::Partition')}:ec2:{Token('AWS::Region')}"
    yield allow(_CONNECTING, [f"arn:{region}:*:*/*"])
    wanted = {
        action for use in function.uses if isinstance(use, Statement) for action in use.actions
    }
    kept = [action for action in (*_CONNECTING, *_LISTING) if action not in wanted]
    if kept:
        code = {"lambda:SourceFunctionArn": function_arn(service, function.name)}
        denied = {**allow(kept, ["*"]), "Effect": "Deny"}
        yield {**denied, "Condition": {"ArnEquals": code}}
