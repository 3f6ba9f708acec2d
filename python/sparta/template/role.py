"""The role of one function: its own log group, what it declared, what its sources need, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.iam.builder import arn
from sparta.iam.statement import Grant
from sparta.model.reference import REF
from sparta.model.token import markers
from sparta.template.conditional import by_condition, conditions_of
from sparta.template.derived_rights import derived_rights
from sparta.template.function_name import log_group_name
from sparta.template.function_settings import own_log_group
from sparta.template.intrinsics import get_att
from sparta.template.logical_id import role_id
from sparta.template.policy import allow, body_of, document, merged, trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.template.template import Body

_LOG_ACTIONS = ("logs:CreateLogStream", "logs:PutLogEvents")
_POLICY_NAME = "LambdaPolicy"


def role_body(service: str, function: Function[Any, Any], needed: Iterable[Body]) -> Body:
    """Return the role that the function gets for itself.

    Args:
        service: The application's name.
        function: The function.
        needed: What its event sources need, as IAM statements.
    """
    rights = [*_declared(function), *needed, *derived_rights(service, function)]
    conditions = conditions_of(function)
    own = [part for each in merged(rights) for part in by_condition(each, conditions)]
    statements = [_own_logs(service, function), *own]
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trust("lambda.amazonaws.com"),
            "Policies": [{"PolicyName": _POLICY_NAME, "PolicyDocument": document(statements)}],
        },
    }


def role_arn(service: str, function: Function[Any, Any]) -> Any:  # noqa: ANN401 - text or function
    """Return the ARN of the role the function runs with, its own or an existing one."""
    role = function.role
    if role is None:
        return get_att(role_id(service, function.name))
    return role if _is_arn(role) else _arn("role", role)


def settled(body: Body, application: Application, function: Function[Any, Any]) -> Body:
    """Return a resource that Sparta makes for a function, a role with its boundary and its path.

    Args:
        body: The resource; one of any other type is returned as it is.
        application: Gives what the function leaves open.
        function: The function.
    """
    if body["Type"] != "AWS::IAM::Role":
        return body
    boundary = function.permissions_boundary or application.permissions_boundary
    path = function.role_path or application.role_path
    properties = dict(body["Properties"])
    if boundary is not None:
        properties["PermissionsBoundary"] = (
            boundary if _is_arn(boundary) else _arn("policy", boundary)
        )
    if path is not None:
        properties["Path"] = path
    return {**body, "Properties": properties}


def _is_arn(text: str) -> bool:
    # A token of any other attribute than Ref, which is a role's name, stands for an ARN.
    return str(text).startswith("arn:") or any(name != REF for _, name in markers(text))


def _arn(kind: str, name: str) -> str:
    return arn("iam", f"{kind}/{name}", region="")


def _own_logs(service: str, function: Function[Any, Any]) -> Body:
    group = own_log_group(function) or log_group_name(service, function.name)
    return allow(_LOG_ACTIONS, [arn("logs", f"log-group:{group}:*")])


def _declared(function: Function[Any, Any]) -> Iterable[Body]:
    for use in function.uses:
        for statement in use.statements if isinstance(use, Grant) else (use,):
            yield body_of(statement)
