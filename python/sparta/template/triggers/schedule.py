"""Schedules: EventBridge Scheduler, with a role of its own, invokes the function.

Sources: https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sparta.app.moment import utc_text
from sparta.iam.builder import arn
from sparta.model.token import Token
from sparta.template.delivery import dead_letter_arn, retry_policy
from sparta.template.intrinsics import get_att, ref
from sparta.template.policy import allow, document, trust
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.clock import Schedule

_PRINCIPAL = "scheduler.amazonaws.com"
_SEND = "sqs:SendMessage"


def wire(trigger: Schedule, consumer: Consumer) -> Wiring:
    """Return the schedule and the role that may invoke this one function."""
    role = consumer.part_id("ScheduleRole")
    dead_letter = dead_letter_arn(trigger.options)
    return Wiring(
        resources={
            role: _role(consumer.function_id, dead_letter),
            consumer.part_id("Schedule"): {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": _properties(trigger, consumer, role, dead_letter),
            },
        }
    )


def _properties(trigger: Schedule, consumer: Consumer, role: str, dead_letter: str | None) -> Body:
    options = trigger.options
    target: Body = {
        "Arn": get_att(consumer.function_id),
        "Input": _event(options.get("input") or {}),
        "RoleArn": get_att(role),
        **retry_policy(options),
    }
    if dead_letter is not None:
        target["DeadLetterConfig"] = {"Arn": dead_letter}
    window = options.get("flexible_minutes")
    flexible = {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": window} if window else {"Mode": "OFF"}
    properties: Body = {
        "FlexibleTimeWindow": flexible,
        "ScheduleExpression": trigger.expression,
        "ScheduleExpressionTimezone": trigger.timezone,
        "State": "ENABLED" if options.get("enabled", True) else "DISABLED",
        "Target": target,
    }
    start, end = options.get("start"), options.get("end")
    if start is not None:
        properties["StartDate"] = utc_text(start, trigger.timezone)
    if end is not None:
        properties["EndDate"] = utc_text(end, trigger.timezone)
    if options.get("description"):
        properties["Description"] = options.get("description")
    return properties


def _role(function_id: str, dead_letter: str | None) -> Body:
    # Only schedules of this account may use the role (the confused deputy); Scheduler names the
    # group of a schedule as its source, and these are all in the default one.
    own_schedules = {
        "StringEquals": {
            "aws:SourceAccount": ref("AWS::AccountId"),
            "aws:SourceArn": arn("scheduler", "schedule-group/default"),
        }
    }
    allowed = [allow(["lambda:InvokeFunction"], [get_att(function_id)])]
    if dead_letter is not None:
        allowed.append(allow([_SEND], [dead_letter]))
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trust(_PRINCIPAL, own_schedules),
            "Policies": [{"PolicyName": "InvokeFunction", "PolicyDocument": document(allowed)}],
        },
    }


def _event(detail: Mapping[str, Any]) -> str:
    """Return the event in the shape of EventBridge; Scheduler fills in the angle brackets."""
    event = {
        "version": "0",
        "id": "<aws.scheduler.execution-id>",
        "detail-type": "Scheduled Event",
        "source": "aws.scheduler",
        "account": Token("AWS::AccountId"),
        "time": "<aws.scheduler.scheduled-time>",
        "region": Token("AWS::Region"),
        "resources": ["<aws.scheduler.schedule-arn>"],
        "detail": detail,
    }
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False)
