"""Lines of a log group: a subscription filter, and the log group's right to invoke the function.

CloudWatch Logs tries an invocation before it takes the filter, so the permission comes first.
Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.cfn.resource import Resource
from sparta.iam.builder import arn
from sparta.template.function_name import log_group_name
from sparta.template.function_settings import own_log_group
from sparta.template.intrinsics import get_att
from sparta.template.logical_id import part_id
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.log_lines import LogLines

_PRINCIPAL = "logs.amazonaws.com"


def wire(trigger: LogLines, consumer: Consumer) -> Wiring:
    """Return the subscription filter and its permission."""
    options = trigger.options
    group: Any = trigger.log_group
    permission_id = consumer.part_id("LogsPermission", *trigger.identity)
    first = [permission_id]
    if isinstance(group, Function):
        own = own_log_group(group)
        name = own or log_group_name(consumer.service, group.name)
        first += [] if own else [part_id("LogGroup", group.name)]
    else:
        name = group.ref if isinstance(group, Resource) else group
    subscription: Body = {
        "DestinationArn": get_att(consumer.function_id),
        "FilterPattern": options.get("pattern", ""),
        "LogGroupName": name,
    }
    if options.get("name"):
        subscription["FilterName"] = options.get("name")
    if options.get("transformed"):
        subscription["ApplyOnTransformedLogs"] = True
    return Wiring(
        resources={
            permission_id: permission(
                consumer.function_id,
                _PRINCIPAL,
                arn("logs", f"log-group:{name}:*"),
                own_account=True,
            ),
            consumer.part_id("LogsSubscription", *trigger.identity): {
                "Type": "AWS::Logs::SubscriptionFilter",
                "Properties": subscription,
                "DependsOn": sorted(first),
            },
        }
    )
