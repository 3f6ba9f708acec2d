"""Custom resources that Sparta itself provides, by one function of the stack for all of them."""

from __future__ import annotations

from sparta.cfn.resource import Resource

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sparta.iam.statement import Statement

BUILT_IN_NAME = "SpartaResources"
"""The name of that function."""


class BuiltInResource(Resource):
    """A resource of a type that stands in `sparta.providers`."""

    @property
    def needed(self) -> tuple[Statement, ...]:
        """What the providing function has to be allowed for this resource."""
        return ()

    @property
    def named(self) -> tuple[Resource, ...]:
        """The resources that its properties name; they are deployed with it."""
        return ()
