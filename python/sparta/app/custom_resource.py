"""`sparta.custom_resource`: a function of the application that provides resources of its stack."""

from __future__ import annotations

from sparta.app.names import entry_name
from sparta.cfn.custom_resource import CustomResource
from sparta.model.caller import declared_at
from sparta.model.generic import AttributesT, Generic, PropertiesT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Unpack

    from sparta.app.function import Function
    from sparta.app.options import FunctionOptions
    from sparta.cfn.resource import Resource
    from sparta.model.resource_request import ResourceRequest

PROVIDER_TIMEOUT_S = 60
"""The default: a provider often waits for what it makes."""


class Provider(Generic[PropertiesT, AttributesT]):
    """Provides resources: called with a logical id and properties, it declares one of them.

    Args:
        create: Makes a resource, and returns its attributes.
        update: Changes one in place; without it, one whose properties change is replaced.
        delete: Removes one.
        name: See `custom_resource`.
        no_echo: See `custom_resource`.
        options: As above.
        declared_at: The user's file and line.
    """

    __slots__ = (
        "_function",
        "create",
        "declared_at",
        "delete",
        "name",
        "no_echo",
        "options",
        "update",
    )

    def __init__(
        self,
        create: Callable[[ResourceRequest[PropertiesT]], AttributesT],
        update: Callable[[ResourceRequest[PropertiesT]], AttributesT] | None,
        delete: Callable[[ResourceRequest[PropertiesT]], object] | None,
        *,
        name: str,
        no_echo: bool,
        options: dict[str, Any],
        declared_at: str,
    ) -> None:
        self.create = create
        self.update = update
        self.delete = delete
        self.name = name
        self.no_echo = no_echo
        self.options = options
        self.declared_at = declared_at
        self._function: Function[Any, None] | None = None

    def __call__(
        self,
        logical_id: str,
        properties: PropertiesT,
        *,
        retain: bool = False,
        depends_on: Sequence[Resource] = (),
    ) -> CustomResource[AttributesT]:
        """Declare one resource.

        Args:
            logical_id: Its name within the template: letters and digits, starting with a letter.
            properties: Its properties; text may hold tokens.
            retain: Whether it outlives the stack, and its replacement: it is never deleted.
            depends_on: Resources that have to exist first although nothing refers to them.
        """
        return CustomResource(
            logical_id,
            f"Custom::{entry_name(str(self.name))}",
            self,
            properties,
            retain=retain,
            depends_on=depends_on,
        )

    @property
    def handler(self) -> Callable[[Any, Any], None]:
        """What Lambda calls.

        Raises:
            DeclarationError: The properties cannot be decoded from JSON.
        """
        from sparta.runtime.custom_resource import serving

        return serving(self)

    @property
    def function(self) -> Function[Any, None]:
        """The Lambda function, always the same one."""
        if self._function is None:
            from sparta.app.function import Function as Declared

            # A request that failed was answered; trying it again would make something twice.
            options = {"timeout_s": PROVIDER_TIMEOUT_S, "retries": 0, **self.options}
            self._function = Declared(self._serve, name=self.name, **options)
            self._function.declared_at = self.declared_at
        return self._function

    def _serve(self, event: Any, context: Any) -> None:  # noqa: ANN401 - any JSON, any context
        self.handler(event, context)

    def attribute_names(self) -> tuple[str, ...]:
        """Return the fields of what `create` returns."""
        from sparta.app.attribute_names import attribute_names

        return attribute_names(self.create)

    def __repr__(self) -> str:
        return f"<Provider {self.name!r}>"


def custom_resource(
    *,
    create: Callable[[ResourceRequest[PropertiesT]], AttributesT],
    update: Callable[[ResourceRequest[PropertiesT]], AttributesT] | None = None,
    delete: Callable[[ResourceRequest[PropertiesT]], object] | None = None,
    no_echo: bool = False,
    **options: Unpack[FunctionOptions],
) -> Provider[PropertiesT, AttributesT]:
    """Return a provider of custom resources: one Lambda function, as many resources as you like.

    The handlers are plain functions of one `sparta.ResourceRequest[Properties]`; `create` and
    `update` return the attributes. Both types are a `sparta.Model`, a dataclass or a TypedDict;
    attributes are text. An exception is the answer that it failed, with its text as the reason.

    Args:
        create: Makes a resource. Where it knows the physical id of what it makes, it sets
            `request.physical_id`, as early as it can: if it fails after that, `delete` is called.
        update: Changes a resource in place. Setting another `request.physical_id` replaces it:
            `delete` is called for the former one. Without `update`, every change replaces.
        delete: Removes a resource; without it there is nothing to remove.
        no_echo: Whether CloudFormation hides the attributes, which are secrets.
        options: The function's, as in `@sparta.function(...)`; `timeout_s` is 60 by default and
            `retries` 0. `name` is that of the type `Custom::<name>` too, and `create`'s own where
            none is given; CloudFormation refuses another name for a resource that exists.
    """
    given: dict[str, Any] = {**options}
    name = given.pop("name", None)
    name = name if name is not None else getattr(create, "__name__", "")
    return Provider(
        create,
        update,
        delete,
        name=name,
        no_echo=no_echo,
        options=given,
        declared_at=declared_at(),
    )
