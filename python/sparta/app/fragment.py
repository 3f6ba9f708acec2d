"""`Fragment`: what a template decorator adds to the template."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from sparta.app.function import Function
    from sparta.cfn.resource import Resource

    TemplateDecorator = Callable[["TemplateContext"], "Fragment"]


class TemplateContext:
    """What a template decorator is told.

    Args:
        service: The application's name, which is the stack's.
        logical_ids: Of each function by its name, for `sparta.Resource(...)` properties such as
            `{"Ref": context.logical_ids["order"]}`.
        function: The function that is decorated; None for a decorator of the service.
        properties: A copy of that function's properties, as CloudFormation names them.
    """

    __slots__ = ("function", "logical_ids", "properties", "service")

    def __init__(
        self,
        service: str,
        logical_ids: Mapping[str, str],
        function: Function[Any, Any] | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> None:
        self.service = service
        self.logical_ids = logical_ids
        self.function = function
        self.properties = properties or {}

    @property
    def logical_id(self) -> str:
        """The logical id of the function that is decorated; empty for the service."""
        return self.logical_ids[self.function.name] if self.function is not None else ""


class Fragment:
    """What is added: nothing that is there already can be said differently.

    Args:
        resources: Further resources.
        outputs: Further outputs of the stack: name to value, which may be a token.
        properties: Further properties of the function that is decorated.
        metadata: Its Metadata attribute.
    """

    __slots__ = ("metadata", "outputs", "properties", "resources")

    def __init__(
        self,
        *,
        resources: Sequence[Resource] = (),
        outputs: Mapping[str, str] | None = None,
        properties: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self.resources = tuple(resources)
        self.outputs = outputs or {}
        self.properties = properties or {}
        self.metadata = metadata or {}
