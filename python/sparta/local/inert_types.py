"""Resource types that ministack refuses: kept in the stack and without effect, as the summary says.

An application that rolls its versions out by CodeDeploy could not be tried at all otherwise.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Created = tuple[str, dict[str, str]]

INERT_TYPES = (
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentConfig",
    "AWS::CodeDeploy::DeploymentGroup",
)
_ALARM = "AWS::CloudWatch::Alarm"


def keep_inert_types() -> None:
    """Teach ministack's CloudFormation to take them."""
    provisioners: Any = importlib.import_module("ministack.services.cloudformation.provisioners")
    handlers: dict[str, dict[str, Any]] = provisioners._RESOURCE_HANDLERS  # noqa: SLF001
    for resource_type in INERT_TYPES:
        handlers.setdefault(resource_type, {"create": _kept, "delete": _gone, "update": _updated})
    alarm = handlers[_ALARM]
    handlers[_ALARM] = {
        **alarm,
        "create": _unless_reckoned(alarm["create"], _kept, place=1),
        "update": _unless_reckoned(alarm["update"], _updated, place=2),
    }


def _unless_reckoned(own: Callable[..., Created], inert: Callable[..., Created], place: int) -> Any:  # noqa: ANN401 - as ministack calls it
    """Return ministack's own handler, but for alarms on a formula, which it refuses."""

    def handled(*arguments: Any, **options: Any) -> Created:  # noqa: ANN401 - as ministack calls it
        properties: Mapping[str, Any] = arguments[place]
        handler = inert if properties.get("Metrics") else own
        return handler(*arguments, **options)

    return handled


def _kept(logical_id: str, _properties: object, stack_name: str, *_more: object) -> Created:
    return f"{stack_name}-{logical_id}", {}


def _updated(physical_id: str, *_more: object, **_options: object) -> Created:
    return physical_id, {}


def _gone(*_arguments: object) -> None:
    return None
