"""A subscription filter on each function's log group, and the role by which Logs may write.

Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import arn_of
from sparta.cfn.resource import Resource
from sparta.iam.builder import arn as iam_arn
from sparta.model.token import Token
from sparta.template.function_name import log_group_name
from sparta.template.function_settings import own_log_group
from sparta.template.logical_id import logical_id, part_id
from sparta.template.policy import allow, document, trust

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.app.function import Function
    from sparta.operations.log_aggregation import LogAggregation
    from sparta.template.template import Body

_ACTIONS = {
    "firehose": ("firehose:PutRecord", "firehose:PutRecordBatch"),
    "kinesis": ("kinesis:PutRecord", "kinesis:PutRecords"),
}
_SERVICES = {
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::KinesisFirehose::DeliveryStream": "firehose",
}


def target_service(target: Resource | str) -> str:
    """Return the service that takes the logs; empty where it is none that can."""
    if isinstance(target, Resource):
        return _SERVICES.get(target.type, "")
    fields = str(target).split(":")
    return fields[2] if len(fields) > 2 and fields[2] in _ACTIONS else ""  # noqa: PLR2004 - an ARN


def watched_functions(
    aggregation: LogAggregation, application: Application
) -> list[Function[Any, Any]]:
    """Return the functions whose logs are sent: those with a log group that the stack makes."""
    chosen = aggregation.functions or application.functions
    return [function for function in chosen if own_log_group(function) is None]


def resources(aggregation: LogAggregation, application: Application) -> dict[str, Body]:
    """Return the role, and a subscription for each function."""
    arn = arn_of(aggregation.target)
    role = logical_id("LogAggregationRole", aggregation.name)
    found: dict[str, Body] = {role: _role(target_service(aggregation.target), arn)}
    for function in watched_functions(aggregation, application):
        found[part_id("LogSubscription", function.name, aggregation.name)] = {
            "Type": "AWS::Logs::SubscriptionFilter",
            "DependsOn": [part_id("LogGroup", function.name)],
            "Properties": {
                "DestinationArn": arn,
                "FilterPattern": aggregation.pattern,
                "LogGroupName": log_group_name(application.name, function.name),
                "RoleArn": str(Token(role, "Arn")),
            },
        }
    return found


def _role(service: str, arn: str) -> Body:
    # Nobody else's logs: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    trusted = trust("logs.amazonaws.com", {"StringLike": {"aws:SourceArn": iam_arn("logs", "*")}})
    statements = [allow(_ACTIONS[service], [arn])]
    policy = {"PolicyName": "WriteLogs", "PolicyDocument": document(statements)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": trusted, "Policies": [policy]},
    }
