"""A declared resource, as CloudFormation reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.built_in import BuiltInResource
from sparta.template.custom_resource import policy_id, provider_properties
from sparta.template.stateful import STATEFUL_TYPES

if TYPE_CHECKING:
    from sparta.cfn.resource import Resource
    from sparta.template.template import Body


def resource_body(resource: Resource, settings: Body) -> Body:
    """Return the resource.

    Args:
        resource: The declared resource.
        settings: Properties that its use as an event source demands; what its author set stays.
    """
    own = {**resource.properties, **provider_properties(resource)}
    body: Body = {"Type": resource.type, "Properties": joined(own, settings)}
    kept = resource.type in STATEFUL_TYPES
    body["DeletionPolicy"] = resource.deletion_policy or (kept and "RetainExceptOnCreate")
    body["UpdateReplacePolicy"] = resource.update_replace_policy or (kept and "Retain")
    needed = {one.logical_id for one in resource.depends_on}
    if isinstance(resource, BuiltInResource):
        needed.add(policy_id(resource.logical_id))
    body["DependsOn"] = sorted(needed.union(getattr(resource, "needs", ())))
    if resource.condition is not None:
        body["Condition"] = resource.condition.token
    body["Metadata"] = resource.metadata
    body["CreationPolicy"] = resource.creation_policy
    body["UpdatePolicy"] = resource.update_policy
    return {key: value for key, value in body.items() if value}


def joined(properties: Any, settings: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return `properties` with `settings` added where they say nothing of their own."""
    if not isinstance(properties, dict) or not isinstance(settings, dict):
        return properties
    missing = {name: settings[name] for name in settings if name not in properties}
    kept = {name: joined(properties[name], settings.get(name)) for name in properties}
    return {**kept, **missing}
