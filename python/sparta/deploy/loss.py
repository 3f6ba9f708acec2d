"""What a prepared change would do to stored content: stopped unless it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import DeployError, Problem
from sparta.template.stateful import STATEFUL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sparta.deploy.change_set import Change

_MAY_BE_REPLACED = frozenset(
    {
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
    }
)
"""Those with properties of which only some edits replace the resource, such as a table's KeySchema.
For another type the word comes from an AWS that does not know the type's properties."""

_FIX = "if that is meant, give --allow-data-loss; else undo the change of this declaration"


def refuse_loss(changes: Iterable[Change], origins: Mapping[str, str]) -> None:
    """Refuse changes after which the application would no longer find what it has stored.

    Args:
        changes: What the change set would do.
        origins: Logical id -> the user's file and line that declares it.

    Raises:
        DeployError: One problem for each stateful resource that would be replaced, even if the
            old one is kept, or removed without being kept.
    """
    problems = [
        Problem(f"This would {fate}", where=origins.get(change.logical_id, ""), fix=_FIX)
        for change in changes
        if change.resource_type in STATEFUL_TYPES and (fate := _fate(change))
    ]
    if problems:
        raise DeployError.of(problems)


def _fate(change: Change) -> str:
    name = f"{change.logical_id} ({change.resource_type})"
    if change.action == "Remove" and not change.kept:
        return f"delete {name} with all it holds"
    old = "the old one is kept, outside the stack" if change.kept else "the old one is deleted"
    if change.action == "Replace":
        return f"replace {name} by an empty one; {old}"
    if change.action == "May replace" and change.resource_type in _MAY_BE_REPLACED:
        return f"perhaps replace {name} by an empty one, AWS decides when it carries it out"
    return ""
