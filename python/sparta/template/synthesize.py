"""Application to Template: the one way, pure and deterministic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.layers import layers_of
from sparta.app.targets import CODE_KEY, code_key
from sparta.cfn.built_in import BuiltInResource
from sparta.errors import Problem, SpartaError, TemplateError
from sparta.model.token import has_marker
from sparta.template.asynchronous import asynchronous_resources
from sparta.template.custom_resource import policy_id, provider_policy
from sparta.template.decoration import decorate
from sparta.template.discovery import discovery_form
from sparta.template.draft import Draft, name_problems
from sparta.template.function import code_parameters, function_resources
from sparta.template.http_api import api_resources
from sparta.template.layer import layer_body, layer_id, layer_parameters, too_many_layers
from sparta.template.logical_id import role_id
from sparta.template.notifications import left_to_buckets, notification_resources
from sparta.template.operations import operation_resources
from sparta.template.outputs import outputs_of
from sparta.template.publishing import publish
from sparta.template.resource import joined, resource_body
from sparta.template.resource_policy import add_resource_policies
from sparta.template.role import role_body, settled
from sparta.template.rollout import hook_rights, rollout_resources
from sparta.template.template import Body, Template
from sparta.template.tokens import resolve
from sparta.template.triggers import wire_triggers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sparta.app.application import Application
    from sparta.app.function import Function


def synthesize(application: Application, layers: Collection[str] = ()) -> Template:
    """Return the template of an application; the same application gives the same template.

    Args:
        application: The application, checked and located.
        layers: The names of the layers that its package has.

    Raises:
        TemplateError: With every problem at once; what AWS would refuse is found by `check`.
    """
    layers = tuple(layers) if application.functions else ()
    draft = Draft(problems=list(_literal_problems(application)))
    settings: dict[str, Body] = {}
    granted: dict[str, list[Body]] = {}
    for function in application.functions:
        try:
            needed = _add_function(draft, application, function, layers, granted)
            settings = joined(settings, needed)
        except SpartaError as error:
            draft.problems += error.problems
    add_resource_policies(draft, granted, application.resources)
    for logical_id, body, origin in notification_resources(draft.notifications, application.name):
        draft.add(logical_id, body, origin)
    settings = left_to_buckets(settings, draft.notifications)
    for layer in layers:
        draft.add(layer_id(layer), layer_body(application, layer), application.declared_at)
    _add_resources(draft, application, settings)
    for logical_id, body, origin in _beside_functions(application):
        draft.add(logical_id, body, origin)
    outputs = decorate(draft, application, outputs_of(application))
    if not draft.problems:
        publish(draft, application)
    draft.declare(outputs)
    parameters = code_parameters(application) | layer_parameters(layers)
    draft.problems += name_problems(draft, parameters)
    if draft.problems:
        raise TemplateError.of(draft.problems)
    return Template(
        service=application.name,
        description=application.description,
        parameters=parameters | draft.section("Parameters"),
        resources=draft.resources,
        outputs=resolve(outputs),
        origins=draft.origins,
        mappings=draft.section("Mappings"),
        conditions=draft.section("Conditions"),
    )


def _beside_functions(application: Application) -> Iterator[tuple[str, Body, str]]:
    """Yield the API, what watches over the application, and what rollouts need."""
    if application.api is not None:
        yield from api_resources(application.api, application.description)
    for operation in application.operations:
        for logical_id, body in operation_resources(operation, application).items():
            yield logical_id, body, operation.declared_at
    yield from rollout_resources(application)


def _add_function(
    draft: Draft,
    application: Application,
    function: Function[Any, Any],
    layers: Collection[str],
    granted: dict[str, list[Body]],
) -> dict[str, Body]:
    """Add one function and all that is its own; return what it demands of its sources.

    What the policies of queues and buckets have to allow is added to `granted`, by logical id.
    """
    settings: dict[str, Body] = {}
    needed: list[Body] = []
    for trigger, wiring in wire_triggers(function, application.name):
        for logical_id, body in wiring.resources.items():
            draft.add(logical_id, settled(body, application, function), trigger.declared_at)
        needed += wiring.statements
        draft.notifications += wiring.notifications
        settings = joined(settings, wiring.source_settings)
        for logical_id, statement in wiring.source_policies.items():
            granted.setdefault(logical_id, []).append(statement)
    # Layers are made of what the application's own archive needs.
    beside = layers if code_key(application, function) == CODE_KEY else ()
    taken = layers_of(function, beside)
    draft.problems += too_many_layers(function, taken)
    told = discovery_form(function, application.name)
    needed += [*told.statements, *hook_rights(application, function)]
    own = {
        **told.resources,
        **function_resources(application, function, [layer_id(name) for name in taken]),
        **asynchronous_resources(function),
    }
    for logical_id, body in own.items():
        draft.add(logical_id, body, function.declared_at)
    # An existing role keeps the rights it has: `uses=` then only lets the function find things.
    if function.role is None:
        role = settled(role_body(application.name, function, needed), application, function)
        draft.add(role_id(application.name, function.name), role, function.declared_at)
    return settings


def _add_resources(draft: Draft, application: Application, settings: dict[str, Body]) -> None:
    """Add what was declared, with what its use as a source demands."""
    for resource in application.resources:
        body = resource_body(resource, settings.get(resource.logical_id, {}))
        draft.add(resource.logical_id, body, resource.declared_at)
        if isinstance(resource, BuiltInResource):
            policy = provider_policy(application.name, resource.logical_id, resource.needed)
            draft.add(policy_id(resource.logical_id), policy, resource.declared_at)


def _literal_problems(application: Application) -> Iterator[Problem]:
    """Yield a problem for each token where a template takes plain text only."""
    if has_marker(application.description):
        yield Problem(
            "the application's description holds a token",
            where=application.declared_at,
            fix="describe it in plain text",
        )
