"""Checks custom resources: their providers' handlers, and the properties they are declared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.attribute_names import attribute_fields
from sparta.app.custom_resource import Provider
from sparta.cfn.custom_resource import CustomResource, plain
from sparta.errors import Problem, SpartaError
from sparta.runtime.annotation import annotation_text, evaluated
from sparta.runtime.custom_resource import properties_schema
from sparta.runtime.decode import decode
from sparta.runtime.signature import signature_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sparta.cfn.resource import Resource
    from sparta.runtime.schema import Schema

TYPE_CHARACTERS = 60
"""What CloudFormation takes after `Custom::`."""
RESERVED = frozenset({"ServiceToken", "ServiceTimeout"})


def custom_resource_problems(resources: Iterable[Resource]) -> Iterator[Problem]:
    """Yield everything that is wrong with the custom resources among `resources`."""
    schemas: dict[int, Schema | None] = {}
    for resource in resources:
        if not isinstance(resource, CustomResource) or not isinstance(resource.provider, Provider):
            continue
        key = id(resource.provider)
        if key not in schemas:
            found = list(_provider_problems(resource.provider))
            yield from found
            schemas[key] = None if found else properties_schema(resource.provider.create)
        schema = schemas[key]
        if schema is not None:
            yield from _property_problems(resource, schema)


def _provider_problems(provider: Provider[Any, Any]) -> Iterator[Problem]:
    place = provider.declared_at
    if len(provider.function.entry_name) > TYPE_CHARACTERS:
        what = f"the name of the provider {provider.name!r} is too long for a type"
        yield Problem(what, where=place, fix=f"use at most {TYPE_CHARACTERS} characters")
    named = {"create": provider.create, "update": provider.update, "delete": provider.delete}
    given = {name: handler for name, handler in named.items() if handler is not None}
    wrong = [
        found for name, each in given.items() for found in _handler_problems(name, each, place)
    ]
    if wrong:
        yield from wrong
        return
    schemas = {}
    for name, handler in given.items():
        try:
            schemas[name] = properties_schema(handler)
        except SpartaError as error:
            yield from error.problems
        except Exception as error:  # noqa: BLE001 - evaluates the user's annotations
            what = f"the annotations of {name} cannot be evaluated: {error}"
            fix = "import what they name outside of `if TYPE_CHECKING:`"
            yield Problem(what, where=signature_of(handler).where, fix=fix)
    for name, schema in schemas.items():
        if schema != schemas.get("create", schema):
            what = f"{name} does not take the properties that create takes"
            fix = "annotate both with the same sparta.ResourceRequest[...]"
            yield Problem(what, where=signature_of(given[name]).where, fix=fix)
    yield from _attribute_problems(provider.create)


def _handler_problems(name: str, handler: Callable[..., object], place: str) -> Iterator[Problem]:
    if not callable(handler):
        yield Problem(f"{name}={handler!r} cannot be called", where=place, fix="give a function")
        return
    signature = signature_of(handler)
    if signature.is_async or signature.is_stream:
        what = f"{name} is asynchronous, or a generator: it would never be run"
        yield Problem(what, where=signature.where, fix="write it as a plain function")
    elif signature.required_keywords or len(signature.required) > 1 or not signature.argument_count:
        what = f"{name} does not take one argument"
        fix = f"write `def {name}(request: sparta.ResourceRequest[Properties])`"
        yield Problem(what, where=signature.where or place, fix=fix)


def _attribute_problems(create: Callable[..., object]) -> Iterator[Problem]:
    try:
        fields = attribute_fields(create)
    except Exception as error:  # noqa: BLE001 - evaluates the user's annotations
        what = f"what create returns cannot be evaluated: {error}"
        fix = "import what it names outside of `if TYPE_CHECKING:`"
        yield Problem(what, where=signature_of(create).where, fix=fix)
        return
    for field in fields:
        if evaluated(field.annotation, field.scope) is not str:
            kind = annotation_text(field.annotation)
            what = f"the attribute {field.name!r} is declared as {kind}, but attributes are text"
            fix = f"declare it as `{field.name}: str`; CloudFormation gives nothing else"
            yield Problem(what, where=signature_of(create).where, fix=fix)


def _property_problems(resource: CustomResource[Any], schema: Schema) -> Iterator[Problem]:
    properties = _without_tokens(plain(resource.given))
    if not isinstance(properties, dict):
        what = f"{resource.logical_id}: its properties are {resource.given!r}, which is no object"
        fix = "give a sparta.Model, a dataclass or a dict"
        yield Problem(what, where=resource.declared_at, fix=fix)
        return
    for name in sorted(RESERVED & properties.keys()):
        what = f"{resource.logical_id}: the property {name} is CloudFormation's own"
        yield Problem(what, where=resource.declared_at, fix="give it another name")
    try:
        decode(schema, _with_none(schema, properties), resource.logical_id)
    except SpartaError as error:
        for problem in error.problems:
            what = f"{problem.where}: {problem.what}"
            fix = "give what the provider's handlers take"
            yield Problem(what, where=resource.declared_at, fix=fix)


def _with_none(schema: Schema, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties as the provider will see them, but for numbers as text."""
    if schema[0] != "object":
        return properties
    absent = {
        n: None for n, inner, _ in schema[2] if inner[0] == "optional" and n not in properties
    }
    return {**absent, **properties}


def _without_tokens(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _without_tokens(item) for key, item in value.items()}
    return [_without_tokens(item) for item in value] if isinstance(value, list) else value
