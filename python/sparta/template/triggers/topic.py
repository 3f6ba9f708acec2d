"""Notifications of a topic: a subscription, and the topic's right to invoke the function.

Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.topic import TopicMessages
    from sparta.template.triggers.consumer import Consumer


def wire(trigger: TopicMessages, consumer: Consumer) -> Wiring:
    """Return the subscription and its permission."""
    topic = trigger.topic
    return Wiring(
        resources={
            consumer.part_id("SNSSubscription", topic.logical_id): {
                "Type": "AWS::SNS::Subscription",
                "Properties": {
                    "Endpoint": get_att(consumer.function_id),
                    "Protocol": "lambda",
                    "TopicArn": topic.arn,
                },
            },
            consumer.part_id("SNSPermission", topic.logical_id): permission(
                consumer.function_id, "sns.amazonaws.com", topic.arn
            ),
        }
    )
