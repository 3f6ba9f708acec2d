"""What all resources of this package share: how a list of actions becomes statements."""

from __future__ import annotations

from sparta.cfn.resource import Resource
from sparta.iam.statement import Grant, Statement
from sparta.model.arn import arn_of
from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

    from sparta.model.arn import Arn


class GrantingResource(Resource):
    """A resource whose rights are named by action.

    Subclasses give the service prefix and the actions, each list as one text: it is split when a
    template is made, never at a cold start.
    """

    service: ClassVar[str]
    """The prefix of the actions, such as `dynamodb`."""
    actions_on_itself: ClassVar[str] = ""
    """Actions whose resource is the resource's own ARN, separated by spaces."""
    actions_on_content: ClassVar[str] = ""
    """Actions whose resource is what it holds, see `content_arns`; some are for both."""

    @property
    def arn(self) -> Arn:
        """The ARN; a token before deployment. `arn / "images/*"` is what it holds."""
        return arn_of(self.get_att("Arn"), self)

    @property
    def content_arns(self) -> tuple[str, ...]:
        """The ARNs, or patterns of them, of what it holds: objects, indexes."""
        return ()

    def _grant(self, actions: tuple[str, ...]) -> Grant:
        return Grant(self, actions, declared_at(3))

    def statements_for(self, actions: tuple[str, ...]) -> tuple[Statement, ...]:
        """Return the statements for `actions`, one for each resource they apply to."""
        on_content = set(self.actions_on_content.split())
        only_on_content = on_content - set(self.actions_on_itself.split())
        content = [action for action in actions if action in on_content]
        itself = [action for action in actions if action not in only_on_content]
        return tuple(
            Statement([f"{self.service}:{action}" for action in found], arns)
            for found, arns in ((itself, (self.arn,)), (content, self.content_arns))
            if found and arns
        )

    def unknown_actions(self, actions: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `actions` that this type of resource does not have."""
        known = {*self.actions_on_itself.split(), *self.actions_on_content.split()}
        return tuple(action for action in actions if action not in known)
