"""Which resource refers to which: Ref, Fn::GetAtt, Fn::Sub, DependsOn, wherever they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.template.template import Template

_SUB_VARIABLE = re.compile(r"\$\{([^!{}][^{}]*)\}")
_SUB_WITH_VARIABLES = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference.

    Args:
        source: The logical id of the resource it stands in; empty for an output or a condition.
        target: The name it refers to.
        attribute: The return value it asks for; empty for Ref and DependsOn.
        kind: The function it stands in, such as `Fn::Sub`.
    """

    source: str
    target: str
    attribute: str
    kind: str


def references_of(template: Template) -> Iterator[Reference]:
    """Yield every reference of a template."""
    for logical_id, body in template.resources.items():
        depends_on = body.get("DependsOn", ())
        for target in [depends_on] if isinstance(depends_on, str) else depends_on:
            yield Reference(logical_id, target, "", "DependsOn")
        for target, attribute, kind in targets_in(body):
            yield Reference(logical_id, target, attribute, kind)
    for part in (*template.outputs.values(), *template.conditions.values()):
        for target, attribute, kind in targets_in(part):
            yield Reference("", target, attribute, kind)


def targets_in(value: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 - any JSON
    """Yield target, attribute and kind of each reference in `value`, however deep."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _entry_targets(key, item)
    elif isinstance(value, list):
        for item in value:
            yield from targets_in(item)


def ids_in(value: Any) -> set[str]:  # noqa: ANN401 - any JSON
    """Return the names that `value` refers to."""
    return {target for target, _, _ in targets_in(value)}


def unguarded_ids(value: Any) -> set[str]:  # noqa: ANN401 - any JSON
    """Return the names that `value` refers to whatever conditions hold: outside of Fn::If."""
    return ids_in(_without_choices(value))


def _without_choices(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_without_choices(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_choices(item) for key, item in value.items() if key != "Fn::If"}


def _entry_targets(key: str, item: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    if key == "Ref" and isinstance(item, str):
        yield item, "", key
    elif key == "Fn::GetAtt":
        target, _, attribute = (
            item if isinstance(item, str) else ".".join(map(str, item))
        ).partition(".")
        yield target, attribute, key
    elif key == "Fn::Sub":
        yield from _sub_targets(item)
    elif key != "DependsOn":
        yield from targets_in(item)


def _sub_targets(item: Any) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    text: str = item
    variables: dict[str, Any] = {}
    if isinstance(item, list):
        text = item[0]
        variables = item[1] if len(item) == _SUB_WITH_VARIABLES else {}
    for name in _SUB_VARIABLE.findall(text):
        if name not in variables:
            target, _, attribute = name.partition(".")
            yield target, attribute, "Fn::Sub"
    yield from targets_in(variables)
