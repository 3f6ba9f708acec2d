"""Resources of any CloudFormation type, by service: `dynamodb.Table("Orders", ...)`.

The stubs beside this file say which properties a type has; at run time there is one class.
"""

from __future__ import annotations

from sparta.cfn.resource import Resource
from sparta.model.arn import arn_of
from sparta.model.generic import Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, Literal, TypedDict, TypeVar

    from sparta.cfn.condition import Condition
    from sparta.model.token import Token

    AttributeT = TypeVar("AttributeT", bound=str)
    Integer = int | Token
    Number = float | Token
    Boolean = bool | Token
    Strings = list[str] | tuple[str, ...] | Token
    """Several texts; not `Sequence[str]`, which one text would be as well."""
    Json = Mapping[str, Any]
    """A document of the author's own, such as a policy."""
    DeletionPolicy = Literal["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]
    ReplacePolicy = Literal["Delete", "Retain", "Snapshot"]

    class Options(TypedDict, total=False):
        """What every resource may have beside its properties; see `sparta.Resource`."""

        attributes: Sequence[str]
        condition: Condition
        creation_policy: Mapping[str, Any]
        deletion_policy: DeletionPolicy
        depends_on: Sequence[Resource]
        metadata: Mapping[str, Any]
        update_policy: Mapping[str, Any]
        update_replace_policy: ReplacePolicy
else:
    AttributeT = None


class Typed(Resource, Generic[AttributeT]):
    """A resource whose type comes from its class.

    Args:
        logical_id: Its name within the template: letters and digits, starting with a letter.
        options: The options of `sparta.Resource`, in small letters.
        properties: The properties, under CloudFormation's own names.
    """

    def __init__(
        self,
        logical_id: str,
        /,
        *,
        attributes: Sequence[str] = (),
        condition: Condition | None = None,
        creation_policy: Mapping[str, Any] | None = None,
        deletion_policy: str | None = None,
        depends_on: Sequence[Resource] = (),
        metadata: Mapping[str, Any] | None = None,
        update_policy: Mapping[str, Any] | None = None,
        update_replace_policy: str | None = None,
        **properties: Any,  # noqa: ANN401 - the stubs know each
    ) -> None:
        super().__init__(
            logical_id,
            "",
            properties,
            attributes=attributes,
            condition=condition,
            creation_policy=creation_policy,
            deletion_policy=deletion_policy,
            depends_on=depends_on,
            metadata=metadata,
            update_policy=update_policy,
            update_replace_policy=update_replace_policy,
            _depth=3,
        )

    if TYPE_CHECKING:

        def get_att(self, name: AttributeT) -> Token:  # type: ignore[override]
            """Return what Fn::GetAtt gives for `name`, under the same rules as `ref`."""
            ...
    else:

        def get_att(self, name: str) -> str:
            """Return a return value; one that is an ARN is extended by `/`."""
            found = super().get_att(name)
            return arn_of(found, self) if name[-3:] == "Arn" else found

        def __getattr__(self, name: str) -> str:
            # CloudFormation's names have a capital; anything else is a question of Python's.
            if name[:1].isupper():
                return self.get_att(name)
            raise AttributeError(f"{self!r} has no attribute {name!r}", name=name, obj=self)


def service(namespace: str, names: str) -> Callable[[str], type[Typed[Any]]]:
    """Return the `__getattr__` of a service's module: it makes a type's class when asked for it.

    Args:
        namespace: Such as `AWS::DynamoDB`.
        names: The last words of its types, with spaces between.
    """
    made: dict[str, type[Typed[Any]]] = {}

    def resource_class(name: str) -> type[Typed[Any]]:
        found = made.get(name)
        if found is None:
            if name not in names.split():
                what = f"CloudFormation has no type {namespace}::{name}; there is {names}"
                raise AttributeError(what, name=name)
            found = made[name] = type(name, (Typed,), {"type": f"{namespace}::{name}"})
        return found

    return resource_class
