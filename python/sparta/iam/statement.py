"""IAM statements, and `Grant`: the statements that a function gets by using a resource."""

from __future__ import annotations

from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal, Protocol, Unpack

    from sparta.iam.conditions import Keys, Operators

    class Grantable(Protocol):
        """A resource that a function may be given rights on."""

        logical_id: str

        def statements_for(self, actions: tuple[str, ...]) -> tuple[Statement, ...]:
            """Return the statements that allow `actions` on this resource."""
            ...


class Statement:
    """One statement of a function's role, the way out where no `grant` fits.

    Args:
        actions: Full action names, such as `("s3:GetObject",)`; no `*`.
        resources: ARNs, with tokens where they are known only after deployment. A bare `*` is
            refused where the actions have a resource level.
        effect: `Allow` or `Deny`.
        conditions: The statement's Condition block, as IAM writes it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """

    __slots__ = ("actions", "conditions", "declared_at", "effect", "resources")

    def __init__(
        self,
        actions: Sequence[str],
        resources: Sequence[str],
        *,
        effect: Literal["Allow", "Deny"] = "Allow",
        conditions: Mapping[str, Any] | None = None,
    ) -> None:
        self.actions = tuple(actions)
        self.resources = tuple(resources)
        self.effect: Literal["Allow", "Deny"] = effect
        self.conditions = conditions
        self.declared_at = declared_at()

    @property
    def linked(self) -> tuple[Any, ...]:
        """The resources whose ARNs it names: they are deployed, and its function finds them."""
        owners = (getattr(resource, "of", None) for resource in self.resources)
        return tuple(owner for owner in owners if owner is not None)

    def when(
        self, conditions: Mapping[str, Keys] | None = None, /, **operators: Unpack[Operators]
    ) -> Statement:
        """Return this statement under further conditions; all of them have to hold.

        Args:
            conditions: Operators whose names are no keywords: `{"ForAllValues:StringEquals": ...}`.
            operators: Operators, each with its keys: `StringEquals={"aws:SourceVpc": "vpc-1"}`.
                A key that is given again for the same operator replaces what was said before.
        """
        merged = dict(self.conditions or {})
        given: dict[str, Any] = {**(conditions or {}), **operators}
        for operator, keys in given.items():
            known = merged.get(operator)
            merged[operator] = {**known, **keys} if isinstance(known, dict) else keys
        statement = Statement(self.actions, self.resources, effect=self.effect, conditions=merged)
        statement.declared_at = self.declared_at
        return statement

    def __repr__(self) -> str:
        return f"<{self.effect} {', '.join(self.actions)}>"


class Grant:
    """The right to some actions on one resource: role statement, dependency and discovery at once.

    Made by a resource: `orders.grant("PutItem")`.

    Args:
        resource: The resource.
        actions: Actions without the service prefix, such as `("PutItem",)`.
        declared_at: The user's file and line.
    """

    __slots__ = ("actions", "declared_at", "resource")

    def __init__(self, resource: Grantable, actions: tuple[str, ...], declared_at: str) -> None:
        self.resource = resource
        self.actions = actions
        self.declared_at = declared_at

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the function's role."""
        return self.resource.statements_for(self.actions)

    @property
    def linked(self) -> tuple[Grantable, ...]:
        """The resource."""
        return (self.resource,)

    def __repr__(self) -> str:
        return f"<{self.resource.logical_id}: {', '.join(self.actions)}>"
