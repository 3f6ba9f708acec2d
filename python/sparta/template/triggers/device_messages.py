"""Messages of devices: a topic rule, and its right to invoke the function.

Source: https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.device_messages import DeviceMessages

SQL_VERSION = "2016-03-23"


def wire(trigger: DeviceMessages, consumer: Consumer) -> Wiring:
    """Return the rule and its permission."""
    options = trigger.options
    rule_id = consumer.part_id("IoTRule")
    payload: Body = {
        "Actions": [{"Lambda": {"FunctionArn": get_att(consumer.function_id)}}],
        "AwsIotSqlVersion": options.get("version", SQL_VERSION),
        "RuleDisabled": not options.get("enabled", True),
        "Sql": trigger.sql,
    }
    if options.get("description"):
        payload["Description"] = options.get("description")
    properties: Body = {"TopicRulePayload": payload}
    if options.get("name"):
        properties["RuleName"] = options.get("name")
    return Wiring(
        {
            rule_id: {"Type": "AWS::IoT::TopicRule", "Properties": properties},
            consumer.part_id("IoTPermission"): permission(
                consumer.function_id, "iot.amazonaws.com", get_att(rule_id), own_account=True
            ),
        }
    )
