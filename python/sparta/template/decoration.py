"""Fragments of template decorators, merged into the template: a conflict is an error."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sparta.app.fragment import Fragment, TemplateContext
from sparta.app.settings import settings_of
from sparta.errors import Problem, SpartaError
from sparta.template.logical_id import function_id
from sparta.template.resource import resource_body
from sparta.template.tokens import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.app.application import Application
    from sparta.app.fragment import TemplateDecorator
    from sparta.app.function import Function
    from sparta.template.draft import Draft
    from sparta.template.template import Body


def decorate(draft: Draft, application: Application, outputs: dict[str, Body]) -> dict[str, Body]:
    """Add what decorators return; functions' first, in their order, then the service's.

    Args:
        draft: Gets further resources, and properties of functions.
        application: The application.
        outputs: The outputs so far.

    Returns:
        All outputs.
    """
    outputs = dict(outputs)
    ids = {function.name: function_id(function.name) for function in application.functions}
    for decorator, function in _decorators(application):
        place = application.hooks.declared_at if function is None else function.declared_at
        properties = {}
        if function is not None:
            properties = copy.deepcopy(draft.resources[ids[function.name]].get("Properties", {}))
        context = TemplateContext(application.name, ids, function, properties)
        name = getattr(decorator, "__name__", repr(decorator))
        try:
            fragment: object = decorator(context)
        except SpartaError:
            raise
        except Exception as error:  # noqa: BLE001 - the author's own code
            draft.problems.append(
                Problem(f"decorator {name} failed: {type(error).__name__}: {error}", where=place)
            )
            continue
        if not isinstance(fragment, Fragment):
            what = f"decorator {name} returned {fragment!r}"
            draft.problems.append(Problem(what, where=place, fix="return a sparta.Fragment(...)"))
            continue
        _merge(draft, fragment, function, place)
        for output, value in fragment.outputs.items():
            if output in outputs:
                draft.problems.append(_taken(f"the output {output}", name, place))
            outputs[output] = {"Value": value}
    return outputs


def _decorators(
    application: Application,
) -> Iterator[tuple[TemplateDecorator, Function[Any, Any] | None]]:
    for function in application.functions:
        for decorator in settings_of(function).decorators:
            yield decorator, function
    for decorator in application.hooks.decorate:
        yield decorator, None


def _merge(
    draft: Draft, fragment: Fragment, function: Function[Any, Any] | None, place: str
) -> None:
    for resource in fragment.resources:
        draft.add(resource.logical_id, resource_body(resource, {}), resource.declared_at)
    if function is None:
        if fragment.properties or fragment.metadata:
            what = "a decorator of the service has properties or metadata of a function"
            fix = "give it to the function: @sparta.function(decorators=[...])"
            draft.problems.append(Problem(what, where=place, fix=fix))
        return
    body = draft.resources[function_id(function.name)]
    for section, added in (("Properties", fragment.properties), ("Metadata", fragment.metadata)):
        kept = body.setdefault(section, {}) if added else {}
        for name, value in added.items():
            if name in kept and kept[name] != resolve(value):
                what = f"{section} {name} of {function.name!r}"
                draft.problems.append(_taken(what, "a decorator", place))
            else:
                kept[name] = resolve(value)


def _taken(what: str, who: str, place: str) -> Problem:
    return Problem(
        f"{what} is there already, and {who} says it differently",
        where=place,
        fix="say it in one place",
    )
