"""Checks roles and statements as they are spelled, before anybody is asked whether they exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from sparta.errors import Problem
from sparta.iam.builder import Actions
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.function import Function
    from sparta.iam.statement import Statement

_NAME = r"[A-Za-z0-9_+=,.@-]"
_PATH = r"/(?:[!-~]{1,510}/)?"
_PARTITION = r"arn:aws[a-z-]*:iam::"
_ROLE = re.compile(rf"{_PARTITION}\d{{12}}:role{_PATH}{_NAME}{{1,64}}|{_NAME}{{1,64}}")
_POLICY = re.compile(
    rf"{_PARTITION}(?:\d{{12}}|aws):policy{_PATH}{_NAME}{{1,128}}|{_NAME}{{1,128}}"
)
_ACTION = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9.]+")
_OPERATOR = re.compile(
    r"(?:(?:ForAllValues|ForAnyValue):)?"
    r"(?:Null|(?:Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like)"
    r"|String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)"
    r"|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?))(?:IfExists)?)"
)
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""


class OwnRole(Protocol):
    """What says of Sparta's own roles how they are made: a function, or `sparta.main`."""

    @property
    def permissions_boundary(self) -> str | None: ...  # noqa: D102
    @property
    def role_path(self) -> str | None: ...  # noqa: D102


def role_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the role that a function names, or with how its own is made."""
    place = function.declared_at
    role: object = function.role
    if isinstance(role, str) and not has_marker(role) and not _ROLE.fullmatch(role):
        yield Problem(
            f"role={role!r} of {function.name!r} is neither the ARN nor the name of a role",
            where=place,
            fix="write arn:aws:iam::123456789012:role/NAME, or NAME: letters, digits and +=,.@_-, "
            "at most 64; a role with a path is named by its ARN",
        )
    own = {"permissions_boundary": function.permissions_boundary, "role_path": function.role_path}
    given = [name for name, value in own.items() if value is not None]
    if role is not None and given:
        yield Problem(
            f"{' and '.join(given)} of {function.name!r} cannot change the existing role {role!r}",
            where=place,
            fix="leave out role=, or set them on that role itself",
        )
    yield from own_role_problems(function, place)


def own_role_problems(settings: OwnRole, place: str) -> Iterator[Problem]:
    """Yield what is wrong with the boundary or the path of roles that Sparta makes.

    Args:
        settings: A function, or what `sparta.main` was given.
        place: The user's file and line.
    """
    boundary: object = settings.permissions_boundary
    if boundary is not None and not (
        isinstance(boundary, str) and (has_marker(boundary) or _POLICY.fullmatch(boundary))
    ):
        yield Problem(
            f"permissions_boundary={boundary!r} is neither the ARN nor the name of a policy",
            where=place,
            fix="write arn:aws:iam::123456789012:policy/NAME, or NAME of a policy of the account",
        )
    path: object = settings.role_path
    if path is not None and not (isinstance(path, str) and re.fullmatch(_PATH, path)):
        yield Problem(
            f"role_path={path!r} is not the path of a role",
            where=place,
            fix='write it as "/teams/orders/": a slash at both ends, at most 512 characters',
        )


def statement_problems(
    statement: Statement | Actions, function: Function[Any, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with a statement of a function: its words, not what it allows."""
    place = statement.declared_at
    actions: tuple[object, ...] = statement.actions
    for action in actions:
        if not (isinstance(action, str) and (_ACTION.fullmatch(action) or "*" in action)):
            yield Problem(
                f"{action!r}, in a statement of {function.name!r}, is not an action",
                where=place,
                fix='write it with its service, such as "s3:GetObject"',
            )
    if not actions:
        yield Problem(
            f"a statement of {function.name!r} names no action",
            where=place,
            fix='name at least one, such as "s3:GetObject"',
        )
    if isinstance(statement, Actions) or not statement.resources:
        yield Problem(
            f"{statement!r}, of {function.name!r}, names no resource",
            where=place,
            fix='add .on(...): an ARN such as table.arn or bucket.arn / "images/*"',
        )
        return
    yield from _scope_problems(statement, function)


def _scope_problems(statement: Statement, function: Function[Any, Any]) -> Iterator[Problem]:
    place = statement.declared_at
    resources: tuple[object, ...] = statement.resources
    for resource in resources:
        text = str(resource) if isinstance(resource, str) else ""
        if not (text == "*" or text.startswith("arn:") or has_marker(text)):
            yield Problem(
                f"{resource!r}, in a statement of {function.name!r}, is not an ARN",
                where=place,
                fix='use table.arn, bucket.arn / "images/*", iam.arn("sqs", "NAME"), or its text',
            )
    for operator in statement.conditions or ():
        if not _OPERATOR.fullmatch(str(operator)):
            yield Problem(
                f"{operator!r}, in a statement of {function.name!r}, is not an operator of "
                "conditions",
                where=place,
                fix='write it as IAM does: StringEquals={"aws:SourceVpc": "vpc-1"}',
            )
