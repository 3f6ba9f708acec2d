"""Checks the resources: their logical ids and types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.cfn.resource import Resource
from sparta.errors import Problem
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOGICAL_ID_CHARACTERS = 255


def resource_problems(resources: Iterable[Resource]) -> Iterator[Problem]:
    """Yield everything that is wrong with the resources' logical ids and types."""
    taken: dict[str, Resource] = {}
    for resource in resources:
        if not isinstance(resource, Resource):
            continue
        logical_id = resource.logical_id
        if has_marker(logical_id) or not _is_logical_id(logical_id):
            yield Problem(
                f"{logical_id!r} is not a logical id",
                where=resource.declared_at,
                fix="use letters and digits only, starting with a letter",
            )
        elif logical_id in taken:
            yield Problem(
                f"two resources are named {logical_id!r}, the other at "
                f"{taken[logical_id].declared_at}",
                where=resource.declared_at,
                fix="give one of them another name, or use the same value in both places",
            )
        taken.setdefault(logical_id, resource)
        if resource.type.count("::") not in (1, 2):
            yield Problem(
                f"{resource.type!r} is not a CloudFormation type",
                where=resource.declared_at,
                fix='write it as "AWS::SQS::Queue"',
            )


def _is_logical_id(text: str) -> bool:
    return (
        text.isascii()
        and text.isalnum()
        and text[:1].isalpha()
        and len(text) <= LOGICAL_ID_CHARACTERS
    )
