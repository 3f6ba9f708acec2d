"""`EventBus`: a bus of EventBridge for the application's own events.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.model.caller import declared_at
from sparta.triggers.event_rule import RuleMatches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal, Unpack

    from sparta.iam.statement import Grant
    from sparta.triggers.event_rule import EventPattern, RuleOptions

    EventBusAction = Literal["DescribeEventBus", "PutEvents"]


class EventBus(GrantingResource):
    """A bus of EventBridge.

    Args:
        logical_id: Its name within the template.
        physical_name: The bus's own name; `<stack>-<logical id>` where none is given.
        description: What AWS's console shows; up to 512 characters.
    """

    type = "AWS::Events::EventBus"
    attributes = ("Arn",)
    service: ClassVar[str] = "events"
    actions_on_itself: ClassVar[str] = "DescribeEventBus PutEvents"

    def __init__(
        self, logical_id: str, *, physical_name: str | None = None, description: str = ""
    ) -> None:
        super().__init__(logical_id, _depth=3)
        self.physical_name = physical_name
        self.description = description

    @property
    def name(self) -> str:
        """The bus's name, which PutEvents wants; a token before deployment."""
        return self.ref

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        from sparta.model.token import Token

        made_up = f"{Token('AWS::StackName')}-{self.logical_id}"
        properties: dict[str, Any] = {"Name": self.physical_name or made_up}
        if self.description:
            properties["Description"] = self.description
        return properties

    def grant(self, *actions: EventBusAction) -> Grant:
        """Return the right to `actions` on this bus, for a function's `uses=`."""
        return self._grant(actions)

    def write(self) -> Grant:
        """Return the right to PutEvents."""
        return self._grant(("PutEvents",))

    def events(self, pattern: EventPattern, **options: Unpack[RuleOptions]) -> RuleMatches:
        """Return the trigger for the events of this bus that match `pattern`.

        Args:
            pattern: See `sparta.triggers.rule`.
            options: As there.
        """
        return RuleMatches(pattern, self, options, declared_at())
