"""Messages of a queue: Lambda polls it with the rights of the function's own role.

Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att
from sparta.template.policy import allow
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.queue import QueueMessages
    from sparta.template.triggers.consumer import Consumer

POLLING_ACTIONS = ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage")


def wire(trigger: QueueMessages, consumer: Consumer) -> Wiring:
    """Return the event source mapping, and what the role needs for it."""
    queue = trigger.queue
    properties = {
        "BatchSize": trigger.batch_size,
        "EventSourceArn": queue.arn,
        "FunctionName": get_att(consumer.function_id),
    }
    if trigger.window_s:
        properties["MaximumBatchingWindowInSeconds"] = trigger.window_s
    return Wiring(
        resources={
            consumer.part_id("SQSMapping", queue.logical_id): {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": properties,
            }
        },
        statements=(allow(POLLING_ACTIONS, [queue.arn]),),
    )
