"""What is deployed: everything reachable from the arguments of `sparta.main`, each value once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.custom_resource import Provider
from sparta.app.destination import destinations
from sparta.app.function import Function
from sparta.aws.queue import Queue
from sparta.cfn.built_in import BuiltInResource
from sparta.cfn.custom_resource import CustomResource
from sparta.cfn.resource import Resource
from sparta.iam.statement import Grant, Statement
from sparta.operations.operation import Operation
from sparta.operations.rollout import Rollout
from sparta.triggers.log_lines import LogLines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sparta.app.application import Declaration
    from sparta.app.http_api import HttpApi
    from sparta.model.trigger import Trigger


def gather(
    declaration: Declaration, declared_resources: Iterable[Resource]
) -> tuple[tuple[Function[Any, Any], ...], tuple[Operation, ...], tuple[Resource, ...]]:
    """Return the functions, operations and resources to deploy.

    Args:
        declaration: The arguments of `sparta.main`.
        declared_resources: Its resources, those of other tools adopted.

    A custom resource brings the function of its provider, which may use further resources.
    """
    declared = declaration.functions
    while True:
        functions = gather_functions(declared, declaration.api, declaration.operations)
        operations = gather_operations(functions, declaration.operations)
        resources = gather_resources(functions, declared_resources, operations)
        known = {id(function) for function in functions}
        new = {id(each): each for each in _providers(resources) if id(each) not in known}
        if not new:
            return functions, operations, resources
        declared = (*declared, *new.values())


def _providers(resources: Iterable[Resource]) -> Iterable[Function[Any, Any]]:
    for resource in resources:
        if isinstance(resource, CustomResource) and isinstance(resource.provider, Provider):
            yield resource.provider.function


def gather_functions(
    declared: Iterable[Function[Any, Any]],
    api: HttpApi | None,
    operations: Iterable[Operation] = (),
) -> tuple[Function[Any, Any], ...]:
    """Return the declared functions, and all that those, the API and operations lead to, once."""
    found: dict[int, Function[Any, Any]] = {}
    waiting = [*declared, *(route.function for route in (api.routes if api else ()))]
    waiting += [one for each in operations for one in _named(each) if isinstance(one, Function)]
    while waiting:
        function = waiting.pop(0)
        if id(function) not in found:
            found[id(function)] = function
            targets = (*destinations(function), *_hooks(function), *_logging(function))
            waiting += [target for target in targets if isinstance(target, Function)]
    return tuple(found.values())


def gather_operations(
    functions: Iterable[Function[Any, Any]], declared: Iterable[Operation]
) -> tuple[Operation, ...]:
    """Return the operations that are declared, and the alarms of rollouts, each once."""
    rollouts = map(rollout_of, functions)
    alarms = (alarm for rollout in rollouts if rollout is not None for alarm in rollout.alarms)
    return tuple({id(one): one for one in (*declared, *alarms)}.values())


def gather_resources(
    functions: Iterable[Function[Any, Any]],
    declared: Iterable[Resource],
    operations: Iterable[Operation] = (),
) -> tuple[Resource, ...]:
    """Return the resources that are declared, used, named or a trigger's source, each once."""
    found: dict[int, Resource] = {}
    named = (one for each in operations for one in _named(each) if isinstance(one, Resource))
    for resource in (*declared, *_of_functions(functions), *named):
        _add(found, resource)
    return tuple(found.values())


def _of_functions(functions: Iterable[Function[Any, Any]]) -> Iterable[Resource]:
    for function in functions:
        if not isinstance(function, Function):
            continue
        for use in function.uses:
            if isinstance(use, Grant | Statement):
                yield from (found for found in use.linked if isinstance(found, Resource))
        for found in (*destinations(function), log_group_of(function)):
            if isinstance(found, Resource):
                yield found
        for trigger in function.on:
            for found in (source_of(trigger), *trigger.linked):
                if isinstance(found, Resource):
                    yield found


def rollout_of(function: Function[Any, Any]) -> Rollout | None:
    """Return how new versions of a function get their events, if its author said so."""
    options: dict[str, object] = getattr(function, "options", {})
    rollout = options.get("rollout")
    return rollout if isinstance(rollout, Rollout) else None


def _hooks(function: Function[Any, Any]) -> tuple[object, ...]:
    rollout = rollout_of(function)
    return () if rollout is None else (rollout.before, rollout.after)


def _logging(function: Function[Any, Any]) -> tuple[object, ...]:
    """Return the functions whose logs are among a function's triggers."""
    triggers: tuple[object, ...] = getattr(function, "on", ())
    return tuple(trigger.log_group for trigger in triggers if isinstance(trigger, LogLines))


def _named(operation: object) -> tuple[object, ...]:
    return operation.refers_to if isinstance(operation, Operation) else ()


def log_group_of(function: Function[Any, Any]) -> object:
    """Return the log group that the function's author named, if any, checked or not."""
    return getattr(function.options.get("logging"), "group", None)


def source_of(trigger: Trigger[Any]) -> Resource | None:
    """Return the resource that a trigger's events come from; None where the stack has none."""
    source = trigger.source
    return source if isinstance(source, Resource) else None


def _add(found: dict[int, Resource], resource: Resource) -> None:
    if id(resource) in found or not isinstance(resource, Resource):
        return
    if resource.outside_stack:
        return
    found[id(resource)] = resource
    for needed in (*resource.depends_on, *resource.companions):
        _add(found, needed)
    for named in resource.named if isinstance(resource, BuiltInResource) else ():
        _add(found, named)
    if isinstance(resource, Queue) and resource.dead_letter is not None:
        _add(found, resource.dead_letter)
