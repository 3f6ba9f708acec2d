"""The function that provides Sparta's own custom resources: one for an application, if it has any.

Its role has no right by itself; each of the resources brings a policy with what it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.app.locate import Entry
from sparta.aws.bucket import ObjectEvents
from sparta.cfn.built_in import BUILT_IN_NAME, BuiltInResource
from sparta.providers.serve import provide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.cfn.resource import Resource

BUILT_IN_ENTRY = Entry("sparta.providers.serve", ("provide",), is_provider=True)
"""Where it stands in the archive."""


def built_in_function(
    functions: Iterable[Function[Any, Any]], resources: Iterable[Resource]
) -> Function[Any, None] | None:
    """Return the function that provides what is built in; None where nothing of it is used.

    Args:
        functions: The application's own functions.
        resources: Its resources.
    """
    places = [*_configured(functions), *_of_resources(resources)]
    if not places:
        return None
    function = Function(
        provide,
        name=BUILT_IN_NAME,
        description="Provides what CloudFormation cannot",
        memory_mb=256,
        timeout_s=120,
        retries=0,
    )
    function.declared_at = places[0]
    return function


def _configured(functions: Iterable[Function[Any, Any]]) -> Iterator[str]:
    """Yield the places of triggers that take a configuration which CloudFormation cannot set."""
    for function in functions:
        if not isinstance(function, Function):
            continue
        for trigger in function.on:
            if isinstance(trigger, ObjectEvents) and (
                trigger.via == "notification" or trigger.bucket.outside_stack
            ):
                yield trigger.declared_at


def _of_resources(resources: Iterable[Resource]) -> Iterator[str]:
    for resource in resources:
        if isinstance(resource, BuiltInResource):
            yield resource.declared_at
