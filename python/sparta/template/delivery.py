"""How a source delivers to a function: tries, and the queue for what it gave up on.

The right to send is granted on the queue itself, to this one source: a queue has one policy, so the
statements of all sources are collected first.
Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import arn_of
from sparta.cfn.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.template.template import Body

_SEND = "sqs:SendMessage"


def retry_policy(options: Mapping[str, Any]) -> Body:
    """Return EventBridge's retry policy as a property; empty where nothing is asked for."""
    found = {
        "MaximumEventAgeInSeconds": options.get("event_age_s"),
        "MaximumRetryAttempts": options.get("retries"),
    }
    policy = {name: value for name, value in found.items() if value is not None}
    return {"RetryPolicy": policy} if policy else {}


def dead_letter_arn(options: Mapping[str, Any]) -> str | None:
    """Return the ARN of the dead letter queue; None where there is none."""
    target = options.get("dead_letter")
    return None if target is None else arn_of(target)


def sending(options: Mapping[str, Any], service: str, source_arn: Any) -> dict[str, Body]:  # noqa: ANN401 - JSON
    """Return the statement that lets one source send to the dead letter queue, by the queue's id.

    Args:
        options: The trigger's.
        service: The principal, such as `sns.amazonaws.com`.
        source_arn: The source's ARN, text or intrinsic function.

    Returns:
        Nothing for a queue of others, which is not ours to change.
    """
    target = options.get("dead_letter")
    queue = target if isinstance(target, Resource) else getattr(target, "of", None)
    if not isinstance(queue, Resource):
        return {}
    statement: Body = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": _SEND,
        "Resource": arn_of(queue),
        "Condition": {"ArnEquals": {"aws:SourceArn": source_arn}},
    }
    return {queue.logical_id: statement}
