"""`topic`: a trigger for notifications of a topic that the application does not declare."""

from __future__ import annotations

from sparta.aws.topic import TopicMessages
from sparta.model.caller import declared_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Unpack

    from sparta.aws.topic import SubscriptionOptions


def topic(arn: str, **options: Unpack[SubscriptionOptions]) -> TopicMessages:
    """Return the trigger that hands over each notification of an existing topic.

    Args:
        arn: The topic's ARN, text or a token.
        options: As of `Topic.messages`.
    """
    return TopicMessages(arn, options, declared_at())
