"""Requests to a load balancer: a target group with the function, and a rule of the listener.

A load balancer takes a function only once it may invoke it, so the permission comes before the
target group and cannot wait for its ARN: it names it by the name it will have, which is made of the
function and the stack.
Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sparta.app.names import sanitised
from sparta.cfn.resource import Resource
from sparta.iam.builder import arn
from sparta.template.intrinsics import get_att, ref
from sparta.template.permission import permission
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.listener import ListenerOptions, ListenerRequests

_PRINCIPAL = "elasticloadbalancing.amazonaws.com"
_NAME_CHARACTERS = 14
_DIGEST_CHARACTERS = 8


def wire(trigger: ListenerRequests, consumer: Consumer) -> Wiring:
    """Return the target group, the listener's rule, and the permission."""
    listener, options = trigger.listener, trigger.options
    permission_id = consumer.part_id("ALBPermission", *trigger.identity)
    group_id = consumer.part_id("ALBTargetGroup", *trigger.identity)
    name = _group_name(trigger, consumer)
    several = str(options.get("multi_value_headers", True)).lower()
    group: Body = {
        "HealthCheckEnabled": options.get("health_check") is not None,
        "Name": name,
        "TargetGroupAttributes": [{"Key": "lambda.multi_value_headers.enabled", "Value": several}],
        "TargetType": "lambda",
        "Targets": [{"Id": get_att(consumer.function_id)}],
    }
    if options.get("health_check"):
        group["HealthCheckPath"] = options.get("health_check")
    return Wiring(
        {
            permission_id: permission(consumer.function_id, _PRINCIPAL, _group_arn(name)),
            group_id: {
                "Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
                "Properties": group,
                "DependsOn": [permission_id],
            },
            consumer.part_id("ALBRule", *trigger.identity): {
                "Type": "AWS::ElasticLoadBalancingV2::ListenerRule",
                "Properties": {
                    "Actions": [{"TargetGroupArn": ref(group_id), "Type": "forward"}],
                    "Conditions": _conditions(options),
                    "ListenerArn": listener.ref if isinstance(listener, Resource) else listener,
                    "Priority": trigger.priority,
                },
            },
        }
    )


def _group_name(trigger: ListenerRequests, consumer: Consumer) -> Body:
    """Return the name: 32 characters at the most, other in each stack."""
    parts = (consumer.service, consumer.name, *trigger.identity, str(consumer.ordinal))
    digest = hashlib.sha1("/".join(parts).encode(), usedforsecurity=False).hexdigest()
    shown = sanitised(consumer.name).replace("_", "-").strip("-")[:_NAME_CHARACTERS].strip("-")
    stack_uuid = {"Fn::Select": [2, {"Fn::Split": ["/", ref("AWS::StackId")]}]}
    stack = {"Fn::Select": [0, {"Fn::Split": ["-", stack_uuid]}]}
    own = "-".join(part for part in (shown, digest[:_DIGEST_CHARACTERS]) if part)
    return {"Fn::Join": ["-", [own, stack]]}


def _group_arn(name: Body) -> Body:
    return {"Fn::Join": ["", [arn("elasticloadbalancing", "targetgroup/"), name, "/*"]]}


def _conditions(options: ListenerOptions) -> list[Body]:
    plain = (
        ("host-header", "HostHeaderConfig", options.get("hosts")),
        ("http-request-method", "HttpRequestMethodConfig", options.get("methods")),
        ("path-pattern", "PathPatternConfig", options.get("paths")),
    )
    conditions: list[Body] = [
        {"Field": field, config: {"Values": list(values)}}
        for field, config, values in plain
        if values
    ]
    headers = options.get("headers") or {}
    for name in sorted(headers):
        config = {"HttpHeaderName": name, "Values": list(headers[name])}
        conditions.append({"Field": "http-header", "HttpHeaderConfig": config})
    return conditions
