"""A Cloud Map service with an instance for each function and the API.

Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ServiceDiscovery.html
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sparta.app.names import sanitised
from sparta.model.reference import REF
from sparta.model.token import Token
from sparta.template.derived_rights import invoked_arn
from sparta.template.function_name import function_name
from sparta.template.http_api import api_id
from sparta.template.logical_id import function_id, logical_id, part_id

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.operations.cloud_map import CloudMap
    from sparta.template.template import Body

_EXISTING = "ns-"
_LONGEST_ID = 64
"""https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html"""
_DIGEST_LENGTH = 8


def resources(registry: CloudMap, application: Application) -> dict[str, Body]:
    """Return the namespace, if it is ours, the service and its instances."""
    found: dict[str, Body] = {}
    namespace = registry.namespace
    if not namespace.startswith(_EXISTING):
        made = logical_id("CloudMapNamespace", namespace)
        found[made] = _body("HttpNamespace", {"Name": namespace})
        namespace = str(Token(made, "Id"))
    service = logical_id("CloudMapService", registry.name)
    name = registry.service or application.name
    found[service] = _body("Service", {"Name": name, "NamespaceId": namespace})
    for function in application.functions:
        instance = _instance(
            service,
            _instance_id(function.entry_name),
            {
                "arn": invoked_arn(application.name, function),
                "name": function_name(application.name, function.name),
            },
        )
        # Who finds it wants to invoke it: it is registered once it is there.
        instance["DependsOn"] = [function_id(function.name)]
        found[part_id("CloudMapInstance", function.name, registry.name)] = instance
    if application.api is not None:
        url = str(Token(api_id(application.api), "ApiEndpoint"))
        # No function's name has a slash.
        name = _instance_id(f"api/{sanitised(application.api.name)}")
        instance = _instance(service, name, {"url": url})
        found[logical_id("CloudMapApi", registry.name, application.api.name)] = instance
    return found


def _instance_id(name: str) -> str:
    """Return `name`; with a hash at the end where it would be too long."""
    if len(name) <= _LONGEST_ID:
        return name
    digest = hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest()[:_DIGEST_LENGTH]
    return f"{name[: _LONGEST_ID - _DIGEST_LENGTH - 1]}_{digest}"


def _instance(service: str, name: str, attributes: dict[str, str]) -> Body:
    properties = {
        "InstanceAttributes": attributes,
        "InstanceId": name,
        "ServiceId": str(Token(service, REF)),
    }
    return _body("Instance", properties)


def _body(kind: str, properties: Body) -> Body:
    return {"Type": f"AWS::ServiceDiscovery::{kind}", "Properties": properties}
