"""`Resource`: one CloudFormation resource, of any type.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html
"""

from __future__ import annotations

from sparta.model.caller import declared_at
from sparta.model.reference import REF
from sparta.runtime import discovery

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sparta.cfn.condition import Condition


class Resource:
    """One resource of the stack.

    Args:
        logical_id: Its name within the template: letters and digits, starting with a letter.
        type: The CloudFormation type, such as `AWS::SQS::Queue`.
        properties: The properties under CloudFormation's own names; text may hold tokens.
        deletion_policy: What happens to it when the stack goes; CloudFormation's words.
        update_replace_policy: What happens to the old one when an update replaces it.
        depends_on: Resources that have to exist first although nothing refers to them.
        attributes: The return values (Fn::GetAtt names) that functions using it may read.
        condition: It is made only where this holds.
        metadata: What the template says about it; CloudFormation does nothing with it.
        creation_policy: What CloudFormation waits for before it counts as created.
        update_policy: How CloudFormation updates it.
    """

    type: str = ""
    attributes: tuple[str, ...] = ()
    stateful: bool = False
    """Whether it holds what a user would miss; decides what an update warns about."""
    outside_stack: bool = False
    """Whether it stands outside of the stack, which neither makes nor deletes it."""
    companions: tuple[Resource, ...] = ()
    """Resources that its properties name, and that are deployed with it."""

    def __init__(
        self,
        logical_id: str,
        type: str = "",  # noqa: A002 - CloudFormation's own word
        properties: Mapping[str, Any] | None = None,
        *,
        deletion_policy: str | None = None,
        update_replace_policy: str | None = None,
        depends_on: Sequence[Resource] = (),
        attributes: Sequence[str] = (),
        condition: Condition | None = None,
        metadata: Mapping[str, Any] | None = None,
        creation_policy: Mapping[str, Any] | None = None,
        update_policy: Mapping[str, Any] | None = None,
        _depth: int = 2,
    ) -> None:
        self.logical_id = logical_id
        if type:
            self.type = type
        self._properties = properties
        self.deletion_policy = deletion_policy
        self.update_replace_policy = update_replace_policy
        self.depends_on = tuple(depends_on)
        if attributes:
            self.attributes = tuple(attributes)
        self.condition = condition
        self.metadata = metadata
        self.creation_policy = creation_policy
        self.update_policy = update_policy
        self.declared_at = declared_at(_depth)

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as the template will hold them but for tokens."""
        return dict(self._properties or {})

    @property
    def discovery_attributes(self) -> tuple[str, ...]:
        """What a function that uses this resource learns of it: Ref and return values."""
        return (REF, *self.attributes)

    @property
    def ref(self) -> str:
        """What CloudFormation's Ref gives: mostly the physical name.

        Returns:
            The text inside Lambda, a token before deployment.

        Raises:
            DiscoveryError: A handler reads it that did not declare this resource.
        """
        return discovery.attribute(self.logical_id, REF)

    def get_att(self, name: str) -> str:
        """Return what Fn::GetAtt gives for `name`, under the same rules as `ref`."""
        return discovery.attribute(self.logical_id, name)

    def __repr__(self) -> str:
        return f"<{self.type} {self.logical_id}>"
