"""Alarms on a formula of metrics, which ministack refuses: kept without effect, as is said."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Created = tuple[str, dict[str, str]]

_ALARM = "AWS::CloudWatch::Alarm"


def keep_formula_alarms() -> None:
    """Teach ministack's CloudFormation to take them; other alarms stay what they are."""
    provisioners: Any = importlib.import_module("ministack.services.cloudformation.provisioners")
    handlers: dict[str, dict[str, Any]] = provisioners._RESOURCE_HANDLERS  # noqa: SLF001
    own = handlers[_ALARM]
    handlers[_ALARM] = {
        **own,
        "create": _unless_formula(own["create"], _kept, place=1),
        "update": _unless_formula(own["update"], _updated, place=2),
    }


def _unless_formula(own: Callable[..., Created], inert: Callable[..., Created], place: int) -> Any:  # noqa: ANN401 - as ministack calls it
    def handled(*arguments: Any, **options: Any) -> Created:  # noqa: ANN401 - as ministack calls it
        properties: Mapping[str, Any] = arguments[place]
        handler = inert if properties.get("Metrics") else own
        return handler(*arguments, **options)

    return handled


def _kept(logical_id: str, _properties: object, stack_name: str, *_more: object) -> Created:
    return f"{stack_name}-{logical_id}", {}


def _updated(physical_id: str, *_more: object, **_options: object) -> Created:
    return physical_id, {}
