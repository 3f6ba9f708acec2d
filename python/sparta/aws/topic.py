"""`Topic`: an SNS topic.

https://docs.aws.amazon.com/sns/latest/dg/
"""

from __future__ import annotations

from sparta.aws.granting import GrantingResource
from sparta.events.sns import Sns
from sparta.model.arn import arn_of
from sparta.model.caller import declared_at
from sparta.model.trigger import Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, ClassVar, Literal, TypedDict, Unpack

    from sparta.cfn.resource import Resource
    from sparta.iam.statement import Grant
    from sparta.model.arn import Arn

    TopicAction = Literal["GetTopicAttributes", "ListSubscriptionsByTopic", "Publish"]

    class SubscriptionOptions(TypedDict, total=False):
        """What a subscription may say; see `Topic.messages`."""

        filter: Mapping[str, Sequence[Any] | Mapping[str, Any]] | None
        filter_on: Literal["attributes", "body"]
        dead_letter: Resource | str | None


class Topic(GrantingResource):
    """An SNS topic.

    Args:
        logical_id: Its name within the template.
        physical_name: The topic's own name; CloudFormation makes one where none is given.
    """

    type = "AWS::SNS::Topic"
    attributes = ("TopicName",)
    service: ClassVar[str] = "sns"
    actions_on_itself: ClassVar[str] = "GetTopicAttributes ListSubscriptionsByTopic Publish"

    def __init__(self, logical_id: str, *, physical_name: str | None = None) -> None:
        super().__init__(logical_id, _depth=3)
        self.physical_name = physical_name

    @property
    def arn(self) -> Arn:
        """The ARN, which is what Ref gives for a topic; a token before deployment."""
        return arn_of(self.ref, self)

    @property
    def name(self) -> str:
        """The topic's name; a token before deployment."""
        return self.get_att("TopicName")

    @property
    def properties(self) -> dict[str, Any]:
        """The properties, as CloudFormation names them."""
        return {"TopicName": self.physical_name} if self.physical_name else {}

    def grant(self, *actions: TopicAction) -> Grant:
        """Return the right to `actions` on this topic, for a function's `uses=`."""
        return self._grant(actions)

    def write(self) -> Grant:
        """Return the right to Publish."""
        return self._grant(("Publish",))

    def messages(self, **options: Unpack[SubscriptionOptions]) -> TopicMessages:
        """Return the trigger that hands over each notification as it is published.

        Args:
            options: `filter`: which notifications, such as `{"state": ["paid", {"prefix": "re"}]}`;
                all where none is given. `filter_on`: `attributes`, as if not given, or `body`,
                which has to be JSON then. `dead_letter`: the queue, or the ARN of one, for what
                SNS gave up on.
        """
        return TopicMessages(self, options, declared_at())


class TopicMessages(Trigger[Sns]):
    """Notifications of a topic, one per event."""

    __slots__ = ("options", "topic")
    event_type = Sns

    def __init__(self, topic: Topic | str, options: SubscriptionOptions, declared_at: str) -> None:
        super().__init__(declared_at)
        self.topic = topic
        self.options = options

    @property
    def source(self) -> object:
        """The topic, where the application declares it."""
        return self.topic

    @property
    def linked(self) -> tuple[object, ...]:
        """The queue for notifications that cannot be delivered, if any."""
        return (self.options.get("dead_letter"),)
