"""Schedules: EventBridge Scheduler, with a role of its own, invokes the function.

Sources: https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sparta.model.token import Token
from sparta.template.intrinsics import get_att, ref
from sparta.template.policy import allow, document, trust
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.clock import Schedule

_PRINCIPAL = "scheduler.amazonaws.com"


def wire(trigger: Schedule, consumer: Consumer) -> Wiring:
    """Return the schedule and the role that may invoke this one function."""
    role = consumer.part_id("ScheduleRole")
    return Wiring(
        resources={
            role: _role(consumer.function_id),
            consumer.part_id("Schedule"): {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": {
                    "FlexibleTimeWindow": {"Mode": "OFF"},
                    "ScheduleExpression": trigger.expression,
                    "ScheduleExpressionTimezone": trigger.timezone,
                    "State": "ENABLED",
                    "Target": {
                        "Arn": get_att(consumer.function_id),
                        "Input": _event(),
                        "RoleArn": get_att(role),
                    },
                },
            },
        }
    )


def _role(function_id: str) -> Body:
    # Only schedules of this account may use the role (the confused deputy).
    own_account = {"StringEquals": {"aws:SourceAccount": ref("AWS::AccountId")}}
    may_invoke = document([allow(["lambda:InvokeFunction"], [get_att(function_id)])])
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": trust(_PRINCIPAL, own_account),
            "Policies": [{"PolicyName": "InvokeFunction", "PolicyDocument": may_invoke}],
        },
    }


def _event() -> str:
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
        "detail": {},
    }
    return orjson.dumps(event).decode()
