"""Policies of queues and buckets: who besides this account's roles may use them.

A queue or a bucket has one policy: a second one would take the place of the first. So the
statements that triggers ask for are put together, and a policy that the author declares for the
same resource is a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sparta.errors import Problem
from sparta.model.token import markers
from sparta.template.intrinsics import ref
from sparta.template.logical_id import logical_id
from sparta.template.policy import document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sparta.cfn.resource import Resource
    from sparta.template.draft import Draft
    from sparta.template.template import Body

_POLICIES = {
    "AWS::S3::Bucket": ("AWS::S3::BucketPolicy", "Bucket"),
    "AWS::SQS::Queue": ("AWS::SQS::QueuePolicy", "Queues"),
}
"""By type of resource: the type of its policy, and the property that names the resource."""


def resource_policy_id(resource: str) -> str:
    """Return the logical id of the policy of a resource, by the resource's own."""
    return logical_id("ResourcePolicy", resource)


def add_resource_policies(
    draft: Draft, granted: Mapping[str, Sequence[Body]], resources: Iterable[Resource]
) -> None:
    """Add a policy for each resource that a trigger needs one of.

    Args:
        draft: Gets the policies.
        granted: The statements, by the logical id of the queue or bucket.
        resources: The application's resources.
    """
    declared = {resource.logical_id: resource for resource in resources}
    others = [each for each in declared.values() if each.type in dict(_POLICIES.values())]
    for owner_id in sorted(granted):
        owner = declared[owner_id]
        kind, name = _POLICIES[owner.type]
        for other in others:
            if other.type == kind and _names(other.properties.get(name), owner_id):
                draft.problems.append(
                    Problem(
                        f"{owner_id} has a policy of its own, {other.logical_id}, and a trigger "
                        "needs another one",
                        where=other.declared_at,
                        fix="give the trigger another queue or bucket",
                    )
                )
        named = ref(owner_id)
        body: Body = {
            "Type": kind,
            "Properties": {
                name: [named] if name == "Queues" else named,
                "PolicyDocument": document(_unique(granted[owner_id])),
            },
        }
        draft.add(resource_policy_id(owner_id), body, owner.declared_at)


def _names(value: object, logical_id: str) -> bool:
    """Say whether a property, text or Ref or a list of them, names the resource."""
    if isinstance(value, dict):
        return value.get("Ref") == logical_id
    if isinstance(value, (list, tuple)):
        return any(_names(each, logical_id) for each in value)
    return isinstance(value, str) and any(found == logical_id for found, _ in markers(value))


def _unique(statements: Sequence[Body]) -> list[Body]:
    found = {orjson.dumps(each, option=orjson.OPT_SORT_KEYS): each for each in statements}
    return [found[key] for key in sorted(found)]
