"""Event source mappings: what their options become, whatever it is that Lambda polls.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.destination import arn_of
from sparta.app.failure_destination import failure_rights
from sparta.app.filter_patterns import patterns_of
from sparta.model.token import Token
from sparta.template.intrinsics import get_att
from sparta.template.policy import allow
from sparta.template.wiring import Wiring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sparta.model.polled_trigger import PolledTrigger
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer

_NAMES = {
    "batch_size": "BatchSize",
    "bisect_on_error": "BisectBatchOnFunctionError",
    "enabled": "Enabled",
    "max_age_s": "MaximumRecordAgeInSeconds",
    "parallelization": "ParallelizationFactor",
    "retries": "MaximumRetryAttempts",
    "start": "StartingPosition",
    "tumbling_window_s": "TumblingWindowInSeconds",
    "window_s": "MaximumBatchingWindowInSeconds",
}
"""CloudFormation's names of the options that it takes as they are."""
_DESCRIBING = (
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
)
"""None of these has a resource level."""
_CONNECTING = ("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface")


def mapping(
    trigger: PolledTrigger[Any],
    consumer: Consumer,
    kind: str,
    properties: Mapping[str, Any],
    statements: tuple[Body, ...],
) -> Wiring:
    """Return the mapping between a source and a function, and what the role needs for it.

    Args:
        trigger: The trigger.
        consumer: The function.
        kind: What the mapping's logical id begins with.
        properties: What only mappings of this source have.
        statements: What polling takes.
    """
    body: Body = {
        "FunctionName": get_att(consumer.function_id),
        **properties,
        **_options(trigger.options),
    }
    if consumer.reports_failures:
        body["FunctionResponseTypes"] = ["ReportBatchItemFailures"]
    target = trigger.options.get("on_failure")
    rights = [] if target is None else [allow(*right) for right in _sending(target)]
    return Wiring(
        resources={
            consumer.part_id(kind, *trigger.identity): {
                "Type": "AWS::Lambda::EventSourceMapping",
                "Properties": body,
            }
        },
        statements=(*statements, *rights),
    )


def starting(options: Mapping[str, Any]) -> Body:
    """Return where a stream is read from on, which CloudFormation wants to be told."""
    return {} if "start_at" in options else {"StartingPosition": "LATEST"}


def networking() -> tuple[Body, ...]:
    """Return what it takes to reach a source in a network: Lambda uses the function's role."""
    region = f"{Token('AWS::Partition')}:ec2:{Token('AWS::Region')}"
    return allow(_DESCRIBING, ["*"]), allow(_CONNECTING, [f"arn:{region}:*:*/*"])


def reading_secrets(*secrets: str | None) -> tuple[Body, ...]:
    """Return the right to read secrets; None is no secret."""
    found = [secret for secret in secrets if secret is not None]
    return (allow(["secretsmanager:GetSecretValue"], found),) if found else ()


def _sending(target: Any) -> Iterator[tuple[tuple[str, ...], list[str]]]:  # noqa: ANN401
    for actions, arn in failure_rights(target):
        yield actions, [arn]


def _options(options: Mapping[str, Any]) -> Body:
    body: Body = {_NAMES[name]: options[name] for name in options if name in _NAMES}
    if not body.get("MaximumBatchingWindowInSeconds", 1):
        del body["MaximumBatchingWindowInSeconds"]  # which is none, and a queue takes no other
    if "start_at" in options:
        body["StartingPosition"] = "AT_TIMESTAMP"
        body["StartingPositionTimestamp"] = options["start_at"]
    if "where" in options:
        patterns = patterns_of(options["where"])
        body["FilterCriteria"] = {"Filters": [{"Pattern": pattern} for pattern in patterns]}
    if "max_concurrency" in options:
        body["ScalingConfig"] = {"MaximumConcurrency": options["max_concurrency"]}
    if options.get("on_failure") is not None:
        destination = {"Destination": arn_of(options["on_failure"])}
        body["DestinationConfig"] = {"OnFailure": destination}
    return body
