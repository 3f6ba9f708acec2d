"""Versions and aliases: a version for each state of a function, and an alias that names the latest.

CloudFormation publishes a version when a property of AWS::Lambda::Version changes, and Lambda
refuses to publish the same state twice. The version's description is therefore made of what a
version freezes and nothing else: the key of the code, which is its hash, and a hash of the
function's properties. The logical id stays what it is. The former version goes once the alias has
moved on.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from sparta.app.settings import settings_of
from sparta.template.intrinsics import get_att, ref
from sparta.template.logical_id import function_id, part_id
from sparta.template.rollout import update_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.template.draft import Draft
    from sparta.template.template import Body

_NOT_FROZEN = ("RecursiveLoop", "ReservedConcurrentExecutions", "Tags")
"""Properties of the function as a whole: a change of these makes no new version."""
_NAMES_OF_CODE = frozenset({"ImageUri", "S3Key"})
"""Where the code's name stands that is made of its content."""
_VERSION_IN_ARN = 7
_DIGEST_CHARACTERS = 12


def publish(draft: Draft, application: Application) -> None:
    """Add versions and aliases, and make everything invoke the alias where there is one."""
    aliases = {}
    for function in application.functions:
        if settings_of(function).published_alias:
            aliases[function_id(function.name)] = part_id("Alias", function.name)
    for logical_id, body in draft.resources.items():
        draft.resources[logical_id] = _redirected(body, aliases)
    for function in application.functions:
        if function_id(function.name) in aliases:
            _add(draft, application, function)


def _add(draft: Draft, application: Application, function: Function[Any, Any]) -> None:
    settings = settings_of(function)
    target, version = function_id(function.name), part_id("Version", function.name)
    alias: Body = {
        "FunctionName": ref(target),
        "FunctionVersion": get_att(version, "Version"),
        "Name": settings.published_alias,
    }
    if settings.provisioned_concurrency is not None:
        ready = {"ProvisionedConcurrentExecutions": settings.provisioned_concurrency}
        alias["ProvisionedConcurrencyConfig"] = ready
    frozen = {
        "FunctionName": ref(target),
        "Description": _state(draft.resources[target]["Properties"]),
    }
    for logical_id, kind, properties in (
        (version, "AWS::Lambda::Version", frozen),
        (part_id("Alias", function.name), "AWS::Lambda::Alias", alias),
    ):
        body: Body = {"Type": kind, "Properties": properties}
        policy = update_policy(application, function)
        if policy is not None and properties is alias:
            body["UpdatePolicy"] = policy
        draft.add(logical_id, body, function.declared_at)


def _state(properties: Body) -> Body:
    frozen = {name: properties[name] for name in properties if name not in _NOT_FROZEN}
    text = orjson.dumps(frozen, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(text).hexdigest()[:_DIGEST_CHARACTERS]
    (code,) = (
        properties["Code"][name]["Ref"] for name in _NAMES_OF_CODE & properties["Code"].keys()
    )
    layers = [layer for layer in properties.get("Layers", ()) if isinstance(layer, dict)]
    if not layers:
        return {"Fn::Sub": f"${{{code}}} {digest}"}
    # A new version of a layer of this stack is a new ARN under the same logical id.
    numbers = {
        f"Layer{number}": {"Fn::Select": [_VERSION_IN_ARN, {"Fn::Split": [":", layer]}]}
        for number, layer in enumerate(layers)
    }
    shown = " ".join(f"${{{name}}}" for name in numbers)
    return {"Fn::Sub": [f"${{{code}}} {digest} {shown}", numbers]}


def _redirected(value: Any, aliases: Mapping[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """Return `value` with the ARNs of published functions replaced by those of their aliases."""
    if isinstance(value, list):
        return [_redirected(item, aliases) for item in value]
    if not isinstance(value, dict):
        return value
    target = value.get("Fn::GetAtt")
    if isinstance(target, list) and target[0] in aliases and target[1:] == ["Arn"]:
        return ref(aliases[target[0]])
    return {name: _redirected(item, aliases) for name, item in value.items()}
