"""Objects created in a bucket: S3 tells EventBridge, a rule picks, the function is invoked.

No circular dependency is possible: the bucket knows nothing of the function.
Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.bucket import ObjectCreated
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer


def wire(trigger: ObjectCreated, consumer: Consumer) -> Wiring:
    """Return a rule on the bucket's events, its permission, and the bucket's own switch."""
    bucket = trigger.bucket
    rule = consumer.part_id("S3Rule", bucket.logical_id)
    return Wiring(
        resources={
            rule: {
                "Type": "AWS::Events::Rule",
                "Properties": {
                    "EventPattern": {
                        "source": ["aws.s3"],
                        "detail-type": ["Object Created"],
                        "detail": {"bucket": {"name": [bucket.name]}, **_key_pattern(trigger)},
                    },
                    "State": "ENABLED",
                    "Targets": [{"Arn": get_att(consumer.function_id), "Id": "Function"}],
                },
            },
            consumer.part_id("S3Permission", bucket.logical_id): permission(
                consumer.function_id, "events.amazonaws.com", get_att(rule)
            ),
        },
        source_settings={
            bucket.logical_id: {
                "NotificationConfiguration": {
                    "EventBridgeConfiguration": {"EventBridgeEnabled": True}
                }
            }
        },
    )


def _key_pattern(trigger: ObjectCreated) -> Body:
    prefix, suffix = trigger.prefix, trigger.suffix
    if not prefix and not suffix:
        return {}
    if prefix and suffix:
        # Several patterns for one field mean "any of them"; a wildcard is the only "both".
        pattern = {"wildcard": f"{_literally(prefix)}*{_literally(suffix)}"}
    else:
        pattern = {"prefix": prefix} if prefix else {"suffix": suffix}
    return {"object": {"key": [pattern]}}


def _literally(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")
