"""`discovery(...)`: gives resources names and ARNs while a test runs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from sparta.cfn.resource import Resource
from sparta.errors import DiscoveryError
from sparta.model.reference import REF
from sparta.model.token import Token
from sparta.runtime.discovery import provide

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager


_STACK = {
    "AWS::Region": "us-east-1",
    "AWS::StackId": "arn:aws:cloudformation:us-east-1:123456789012:stack/test/0",
    "AWS::StackName": "test",
}
"""Where a handler under test believes to run."""


def discovery(**resources: Mapping[str, str]) -> AbstractContextManager[None]:
    """Return a context in which resources have the attributes that are given.

    `with sparta.testing.discovery(orders={"name": "test-orders"}): create_order(request)`

    Args:
        resources: Attributes by the resource's logical id, upper and lower case alike. An
            attribute is named as in Python (`name`, `arn`, `url`) or as in CloudFormation (`Ref`,
            `Arn`).

    Raises:
        DiscoveryError: No resource of that logical id, or no such attribute of it.
    """
    known = _resources_by_lower_case_id()
    attributes: dict[str, dict[str, str]] = {name: {REF: text} for name, text in _STACK.items()}
    for name, values in resources.items():
        found = known.get(name.lower())
        if not found:
            fix = f"use one of {', '.join(sorted(known)) or '(none: import the application first)'}"
            raise DiscoveryError(f"no resource has the logical id {name!r}", fix=fix)
        for resource in found:
            texts = attributes.setdefault(resource.logical_id, {})
            texts.update({_attribute_of(resource, key): text for key, text in values.items()})
    return provide(attributes)


def _resources_by_lower_case_id() -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for value in gc.get_objects():
        if isinstance(value, Resource):
            found.setdefault(value.logical_id.lower(), []).append(value)
    return found


def _attribute_of(resource: Resource, name: str) -> str:
    """Return CloudFormation's name for an attribute that is named as in Python."""
    if name in resource.discovery_attributes:
        return name
    value = getattr(resource, name, None)
    if isinstance(value, Token):
        return value.attribute
    raise DiscoveryError(
        f"{resource.logical_id} has no attribute {name!r}",
        where=resource.declared_at,
        fix=f"use one of {', '.join(resource.discovery_attributes)}",
    )
