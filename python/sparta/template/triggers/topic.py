"""Notifications of a topic: a subscription, and the topic's right to invoke the function.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.aws.topic import Topic
from sparta.template.delivery import dead_letter_arn, sending
from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.topic import TopicMessages
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer

_PRINCIPAL = "sns.amazonaws.com"


def wire(trigger: TopicMessages, consumer: Consumer) -> Wiring:
    """Return the subscription and its permission."""
    topic, options = trigger.topic, trigger.options
    own = isinstance(topic, Topic)
    arn = topic.arn if isinstance(topic, Topic) else topic
    source = (topic.logical_id,) if isinstance(topic, Topic) else ()
    subscription: Body = {
        "Endpoint": get_att(consumer.function_id),
        "Protocol": "lambda",
        "TopicArn": arn,
    }
    if options.get("filter"):
        subscription["FilterPolicy"] = options.get("filter")
        if options.get("filter_on") == "body":
            subscription["FilterPolicyScope"] = "MessageBody"
    dead_letter = dead_letter_arn(options)
    if dead_letter is not None:
        subscription["RedrivePolicy"] = {"deadLetterTargetArn": dead_letter}
    region = "" if own else _region_of(arn)
    if region:
        subscription["Region"] = region
    return Wiring(
        resources={
            consumer.part_id("SNSSubscription", *source): {
                "Type": "AWS::SNS::Subscription",
                "Properties": subscription,
            },
            consumer.part_id("SNSPermission", *source): permission(
                consumer.function_id, _PRINCIPAL, arn
            ),
        },
        source_policies=sending(options, _PRINCIPAL, arn),
    )


def _region_of(arn: str) -> str:
    """Return the region of an ARN that is written out: the topic may be of another one."""
    fields = str(arn).split(":")
    return fields[3] if fields[0] == "arn" and fields[3:] and fields[3].isascii() else ""
