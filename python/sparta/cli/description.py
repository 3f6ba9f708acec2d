"""An application as one document: what `sparta describe` prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from sparta.app.next_runs import next_runs
from sparta.app.settings import settings_of
from sparta.cfn.resource import Resource
from sparta.model.token import MARKER_END, MARKER_START
from sparta.template.check.limits import MAX_OUTPUTS, MAX_RESOURCES, MAX_UPLOADED_BYTES
from sparta.template.check.statements import statements_in
from sparta.template.check.subject import listed
from sparta.template.logical_id import role_id
from sparta.triggers.clock import Schedule

if TYPE_CHECKING:
    from datetime import datetime

    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.model.trigger import Trigger
    from sparta.template.template import Template

    Document = dict[str, Any]

_MARKER = re.compile(f"{MARKER_START}([^{MARKER_END}]+){MARKER_END}")
_HERE = re.compile(
    r"^arn:\$\{AWS::Partition\}:([a-z0-9-]+):(?:\$\{AWS::Region\})?:(?:\$\{AWS::AccountId\})?:"
)
"""What every ARN of the stack's own account begins with."""
_TOLD_APART = ("declared_at", "event_type")
"""What every trigger holds, told beside what it picks."""


def description_of(application: Application, template: Template, now: datetime) -> Document:
    """Return the application as JSON.

    Args:
        application: The application.
        template: Its template.
        now: The moment from which schedules are looked at, with a time zone.
    """
    sizes = (
        ("resources", len(template.resources), MAX_RESOURCES),
        ("outputs", len(template.outputs), MAX_OUTPUTS),
        ("templateBytes", len(template.to_json()), MAX_UPLOADED_BYTES),
    )
    api = application.api
    return {
        "service": application.name,
        "description": application.description,
        "runtime": application.runtime,
        "functions": [
            _function(application, template, function, now) for function in application.functions
        ],
        "routes": [
            {"method": route.method, "path": route.path, "function": route.function.name}
            for route in (api.routes if api else ())
        ],
        "resources": [
            {
                "logicalId": resource.logical_id,
                "type": resource.type,
                "deletionPolicy": resource.deletion_policy or "Delete",
                "declaredAt": resource.declared_at,
            }
            for resource in application.resources
        ],
        "limits": {name: {"used": used, "limit": limit} for name, used, limit in sizes},
    }


def _function(
    application: Application, template: Template, function: Function[Any, Any], now: datetime
) -> Document:
    settings = settings_of(function)
    return {
        "name": function.name,
        "description": function.description,
        "memoryMb": function.memory_mb,
        "timeoutS": function.timeout_s,
        "architecture": settings.architecture or application.architecture,
        "python": settings.python or application.python,
        "declaredAt": function.declared_at,
        "triggers": [_trigger(trigger, now) for trigger in function.on],
        "rights": _rights(application, template, function),
    }


def _trigger(trigger: Trigger[Any], now: datetime) -> Document:
    """Return a trigger of any class: all that it holds beside its source tells what it picks."""
    source: object = trigger.source
    held = {}
    for cls in type(trigger).__mro__:
        for name in getattr(cls, "__slots__", ()):
            if name not in _TOLD_APART and getattr(trigger, name, None) is not source:
                held[name] = getattr(trigger, name)
    options = held.pop("options", {})
    held |= options if isinstance(options, Mapping) else {}
    found: Document = {
        "kind": type(trigger).__name__,
        "source": _told(source) if source is not None else "",
        "event": getattr(trigger.event_type, "__name__", ""),
        "picks": {name: _plain(held[name]) for name in sorted(held) if _says(held[name])},
        "declaredAt": trigger.declared_at,
    }
    if isinstance(trigger, Schedule):
        found["nextRuns"] = [
            {"at": run.isoformat(), "local": run.astimezone().isoformat()}
            for run in next_runs(trigger, now)
        ]
    return found


def _says(value: object) -> bool:
    return value is not None and value != "" and value not in ((), [], {})


def _told(value: object) -> str:
    """Return a value of a declaration as text, tokens as what they stand for."""
    if isinstance(value, Resource):
        return value.logical_id
    if isinstance(value, str):
        return _MARKER.sub(lambda found: f"${{{found[1].removesuffix('.Ref')}}}", str(value))
    return str(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, Mapping):
        return {_told(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if isinstance(value, (bool, int, float)) or value is None else _told(value)


def _rights(
    application: Application, template: Template, function: Function[Any, Any]
) -> list[Document]:
    """Return what the function's role allows and denies, by resource; none for a role of others."""
    role = template.resources.get(role_id(application.name, function.name), {})
    found: dict[tuple[str, str], set[str]] = {}
    for policy in role.get("Properties", {}).get("Policies", ()):
        for statement in statements_in(policy):
            for resource in listed(statement.get("Resource", [])):
                key = (_resource_told(resource), statement["Effect"])
                found.setdefault(key, set()).update(listed(statement.get("Action", [])))
    return [
        {"resource": resource, "effect": effect, "actions": sorted(found[resource, effect])}
        for resource, effect in sorted(found)
    ]


def _resource_told(resource: Any) -> str:  # noqa: ANN401 - text or intrinsic function
    if isinstance(resource, str):
        return resource
    ((name, value),) = resource.items()
    if name == "Ref":
        return str(value)
    if name == "Fn::GetAtt":
        return str(value[0] if value[1] == "Arn" else ".".join(value))
    if name == "Fn::Sub" and isinstance(value, str):
        return _HERE.sub(r"\1:", value).replace(".Arn}", "}")
    return orjson.dumps(resource).decode()
