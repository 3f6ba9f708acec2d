"""A declared resource, as CloudFormation reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.built_in import BuiltInResource
from sparta.template.custom_resource import policy_id, provider_properties

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
    if resource.deletion_policy:
        body["DeletionPolicy"] = resource.deletion_policy
    if resource.update_replace_policy:
        body["UpdateReplacePolicy"] = resource.update_replace_policy
    needed = {each.logical_id for each in resource.depends_on}
    if isinstance(resource, BuiltInResource):
        needed.add(policy_id(resource.logical_id))
    if needed:
        body["DependsOn"] = sorted(needed)
    return {key: value for key, value in body.items() if value}


def joined(properties: Any, settings: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return `properties` with `settings` added where they say nothing of their own."""
    if not isinstance(properties, dict) or not isinstance(settings, dict):
        return properties
    missing = {name: settings[name] for name in settings if name not in properties}
    kept = {name: joined(properties[name], settings.get(name)) for name in properties}
    return {**kept, **missing}
