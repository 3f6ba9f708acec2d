"""A custom rule of AWS Config, judged by the function.

Config checks that it may invoke the function before it makes the rule, so the permission cannot
name the rule; it names the account. PutEvaluations has no resource level.
Sources: https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.policy import allow
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.compliance import ConfigEvaluations

FREQUENCIES = {
    1: "One_Hour",
    3: "Three_Hours",
    6: "Six_Hours",
    12: "Twelve_Hours",
    24: "TwentyFour_Hours",
}
_ON_CHANGE = ("ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification")
_BY_CLOCK = "ScheduledNotification"
_SOURCE = "aws.config"


def wire(trigger: ConfigEvaluations, consumer: Consumer) -> Wiring:
    """Return the rule, its permission, and the right to answer."""
    permission_id = consumer.part_id("ConfigPermission")
    rule: Body = {
        "Source": {
            "Owner": "CUSTOM_LAMBDA",
            "SourceDetails": _details(trigger),
            "SourceIdentifier": get_att(consumer.function_id),
        }
    }
    if trigger.resource_types:
        rule["Scope"] = {"ComplianceResourceTypes": list(trigger.resource_types)}
    options = trigger.options
    for name, value in (
        ("ConfigRuleName", options.get("name")),
        ("Description", options.get("description")),
        ("InputParameters", options.get("parameters")),
    ):
        if value:
            rule[name] = value
    return Wiring(
        resources={
            permission_id: permission(
                consumer.function_id, "config.amazonaws.com", own_account=True
            ),
            consumer.part_id("ConfigRule"): {
                "Type": "AWS::Config::ConfigRule",
                "Properties": rule,
                "DependsOn": [permission_id],
            },
        },
        statements=(allow(["config:PutEvaluations"], ["*"]),),
    )


def _details(trigger: ConfigEvaluations) -> list[Body]:
    types = _ON_CHANGE if trigger.resource_types else ()
    details: list[Body] = [{"EventSource": _SOURCE, "MessageType": each} for each in types]
    every_hours = trigger.options.get("every_hours")
    if every_hours is not None:
        frequency = FREQUENCIES[every_hours]
        details.append(
            {
                "EventSource": _SOURCE,
                "MessageType": _BY_CLOCK,
                "MaximumExecutionFrequency": frequency,
            }
        )
    return details
