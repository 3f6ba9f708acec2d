"""`CustomResource`: a resource of the stack that a function of the application provides.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
"""

from __future__ import annotations

from sparta.cfn.resource import Resource
from sparta.iam.statement import Grant
from sparta.model.caller import declared_at
from sparta.model.generic import AttributesT, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sparta.iam.statement import Statement


class CustomResource(Resource, Generic[AttributesT]):
    """A resource that a provider makes; `sparta.custom_resource(...)` gives its constructor.

    Args:
        logical_id: Its name within the template.
        type: `Custom::` and a name.
        provider: The provider; its function is deployed with the resource.
        given: The properties, a value of the type that the provider's handlers take.
        retain: Whether it outlives the stack, and its replacement.
        depends_on: Resources that have to exist first although nothing refers to them.
    """

    def __init__(
        self,
        logical_id: str,
        type: str,  # noqa: A002 - CloudFormation's own word
        provider: Any,  # noqa: ANN401 - it is of a higher layer
        given: object,
        *,
        retain: bool = False,
        depends_on: Sequence[Resource] = (),
    ) -> None:
        policy = "Retain" if retain else None
        super().__init__(
            logical_id,
            type,
            deletion_policy=policy,
            update_replace_policy=policy,
            depends_on=depends_on,
            _depth=4,
        )
        self.provider = provider
        self.given = given

    @property
    def properties(self) -> dict[str, Any]:
        """The properties as JSON; what is None is left out, since templates have no null."""
        found = plain(self.given)
        return found if isinstance(found, dict) else {}

    @property
    def discovery_attributes(self) -> tuple[str, ...]:
        """What a function that uses this resource learns of it."""
        return ("Ref", *self.provider.attribute_names())

    @property
    def returned(self) -> AttributesT:
        """What the provider's handlers returned, field by field; tokens before deployment."""
        attributes: Any = ResourceAttributes(self)
        return attributes  # type: ignore[no-any-return]

    def read(self) -> Grant:
        """Return what lets a function read `returned` and `ref`, for `uses=`; it takes no right."""
        return Grant(self, (), declared_at())

    def statements_for(self, actions: tuple[str, ...]) -> tuple[Statement, ...]:  # noqa: ARG002
        """Return no statement: there is nothing to be allowed."""
        return ()


class ResourceAttributes:
    """The attributes of a custom resource, each looked up when it is read."""

    __slots__ = ("_resource",)

    def __init__(self, resource: Resource) -> None:
        self._resource = resource

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._resource.get_att(name)


def plain(value: Any) -> Any:  # noqa: ANN401 - any value that has a JSON form
    """Return a Model, a dataclass, or what holds such, as dicts and lists without None."""
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        return plain({name: getattr(value, name) for name in value.__dataclass_fields__})
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
