"""What is about resources that CloudFormation makes only under a condition.

CloudFormation refuses a template that refers to a resource whose condition does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.condition import NO_VALUE, If
from sparta.cfn.resource import Resource
from sparta.template.check.references import unguarded_ids
from sparta.template.tokens import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.app.function import Function
    from sparta.cfn.condition import Condition
    from sparta.template.template import Body


def conditions_of(function: Function[Any, Any]) -> dict[str, Condition]:
    """Return the conditions of what a function uses, by logical id."""
    return {
        resource.logical_id: resource.condition
        for use in function.uses
        for resource in use.linked
        if isinstance(resource, Resource) and resource.condition is not None
    }


def by_condition(statement: Body, conditions: Mapping[str, Condition]) -> Iterator[Any]:
    """Yield a statement in parts, each of which stands only where its resources are made.

    Args:
        statement: The statement; text may hold tokens.
        conditions: The conditions of resources, by logical id.
    """
    parts: dict[tuple[str, ...], list[Any]] = {}
    for resource in statement["Resource"]:
        found = unguarded_ids(resolve(resource)) if conditions else set[str]()
        parts.setdefault(tuple(sorted(found & conditions.keys())), []).append(resource)
    for needed, resources in sorted(parts.items()):
        part: Any = {**statement, "Resource": resources}
        for condition in {conditions[each].name: conditions[each] for each in needed}.values():
            part = If(condition, part, NO_VALUE)
        yield part
