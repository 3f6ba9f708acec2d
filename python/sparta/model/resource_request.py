"""`ResourceRequest`: what CloudFormation asks of the provider of a custom resource.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes.html
"""

from __future__ import annotations

from sparta.model.generic import Generic, PropertiesT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class ResourceRequest(Generic[PropertiesT]):
    """One resource is to be created, updated or deleted.

    Args:
        properties: The properties that the resource is declared with now.
        physical_id: What the resource is called outside of the stack. A handler may set it as soon
            as it knows better. In an update another one than before says that the resource was
            replaced: CloudFormation then has the former one deleted, under its own id.
        raw: The request as CloudFormation sent it.
        context: The invocation's context.
        old: Gives the properties from before an update.
    """

    __slots__ = ("_old", "context", "physical_id", "properties", "raw")

    def __init__(
        self,
        properties: PropertiesT,
        *,
        physical_id: str = "",
        raw: Mapping[str, Any] | None = None,
        context: Any = None,  # noqa: ANN401 - the one of AWS's client or of the core
        old: Callable[[], PropertiesT] | None = None,
    ) -> None:
        self.properties = properties
        self.physical_id = physical_id
        self.raw: Mapping[str, Any] = raw or {}
        self.context = context
        self._old = old

    @property
    def old_properties(self) -> PropertiesT | None:
        """The properties from before an update; None in a create or a delete.

        Raises:
            EventError: They were declared by another state of the application, and do not fit
                the type of today; `raw["OldResourceProperties"]` has them as they were.
        """
        return self._old() if self._old else None

    @property
    def request_type(self) -> str:
        """`Create`, `Update` or `Delete`."""
        return str(self.raw.get("RequestType", ""))

    @property
    def logical_id(self) -> str:
        """The resource's name within the template."""
        return str(self.raw.get("LogicalResourceId", ""))

    @property
    def stack_id(self) -> str:
        """The ARN of the stack."""
        return str(self.raw.get("StackId", ""))

    def __repr__(self) -> str:
        return f"<{self.request_type} of {self.logical_id}>"
