"""Mail that SES receives: a rule in a rule set, which may keep the mail in a bucket first.

SES checks that it may invoke the function and write to the bucket before it makes the rule, so both
rights name the rule by the name it will have.
Sources: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.cfn.resource import Resource
from sparta.iam.builder import arn
from sparta.model.token import Token
from sparta.template.function_name import function_name
from sparta.template.intrinsics import get_att
from sparta.template.permission import permission
from sparta.template.resource_policy import resource_policy_id
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from sparta.aws.bucket import Bucket
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.triggers.receipt import ReceivedMail

_PRINCIPAL = "ses.amazonaws.com"


def wire(trigger: ReceivedMail, consumer: Consumer) -> Wiring:
    """Return the receipt rule, its permission, and what the bucket has to allow."""
    rule_set, options = trigger.rule_set, trigger.options
    source = (rule_set.logical_id,) if isinstance(rule_set, Resource) else ()
    name = function_name(consumer.service, f"{consumer.name}_mail{consumer.ordinal or ''}")
    set_name = rule_set.ref if isinstance(rule_set, Resource) else rule_set
    rule_arn = arn("ses", f"receipt-rule-set/{set_name}:receipt-rule/{name}")
    permission_id = consumer.part_id("SESPermission", *source)
    store = options.get("store")
    first = [permission_id]
    if store is not None:
        first.append(resource_policy_id(store.logical_id))
    properties: Body = {"Rule": _rule(name, trigger, consumer), "RuleSetName": set_name}
    if options.get("after"):
        properties["After"] = options.get("after")
    return Wiring(
        resources={
            permission_id: permission(consumer.function_id, _PRINCIPAL, rule_arn, own_account=True),
            consumer.part_id("SESRule", *source): {
                "Type": "AWS::SES::ReceiptRule",
                "Properties": properties,
                "DependsOn": sorted(first),
            },
        },
        source_policies={} if store is None else _storing(store, options, rule_arn),
    )


def _rule(name: str, trigger: ReceivedMail, consumer: Consumer) -> Body:
    options = trigger.options
    store = options.get("store")
    actions: list[Body] = []
    if store is not None:
        kept = {"BucketName": store.name, "ObjectKeyPrefix": options.get("prefix")}
        actions.append({"S3Action": {key: value for key, value in kept.items() if value}})
    kind = "RequestResponse" if options.get("decides") else "Event"
    function_arn = get_att(consumer.function_id)
    actions.append({"LambdaAction": {"FunctionArn": function_arn, "InvocationType": kind}})
    rule: Body = {
        "Actions": actions,
        "Enabled": options.get("enabled", True),
        "Name": name,
        "ScanEnabled": options.get("scan", True),
        "TlsPolicy": "Require" if options.get("require_tls") else "Optional",
    }
    if options.get("recipients"):
        rule["Recipients"] = list(options.get("recipients", ()))
    return rule


def _storing(store: Bucket, options: Any, rule_arn: str) -> dict[str, Body]:  # noqa: ANN401 - a TypedDict
    statement: Body = {
        "Effect": "Allow",
        "Principal": {"Service": _PRINCIPAL},
        "Action": "s3:PutObject",
        "Resource": store.arn / f"{options.get('prefix') or ''}*",
        "Condition": {
            "StringEquals": {
                "aws:SourceAccount": Token("AWS::AccountId"),
                "aws:SourceArn": rule_arn,
            }
        },
    }
    return {store.logical_id: statement}
