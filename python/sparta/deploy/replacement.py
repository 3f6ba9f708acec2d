"""Functions that a change would replace: AWS refuses it in the middle, so it is refused before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import DeployError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparta.deploy.change_set import Change

_FIX = "rename the function, or delete the stack and provision again"


def refuse_replacement(changes: Iterable[Change], origins: Mapping[str, str]) -> None:
    """Refuse changes that would replace a function: its name is taken by the one that is there.

    That happens where an archive becomes a container image, or the other way round.

    Args:
        changes: What the change set would do.
        origins: Logical id -> the user's file and line that declares it.

    Raises:
        DeployError: One problem for each such function.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
    (PackageType: update requires replacement)
    """
    problems = [
        Problem(
            f"{change.logical_id} cannot change between archive and container image in place",
            where=origins.get(change.logical_id, ""),
            fix=_FIX,
        )
        for change in changes
        if change.action == "Replace" and change.resource_type == "AWS::Lambda::Function"
    ]
    if problems:
        raise DeployError.of(problems)
