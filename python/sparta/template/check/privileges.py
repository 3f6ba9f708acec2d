"""Rules on roles: no right that nobody named, none on everything where one thing can be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from sparta.template.check.statements import policy_statements
from sparta.template.check.subject import IAM_ROLE, Subject, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem

MAX_INLINE_POLICY_BYTES = 10_240
"""All inline policies of one role together.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""

ONLY_ON_EVERYTHING = frozenset(
    {
        "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics",
        "cloudwatch:ListMetrics",
        "cloudwatch:PutMetricData",
        "comprehend:DetectDominantLanguage",
        "comprehend:DetectKeyPhrases",
        "dynamodb:ListTables",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ecr:GetAuthorizationToken",
        "kms:GenerateRandom",
        "kms:ListAliases",
        "kms:ListKeys",
        "lambda:ListFunctions",
        "polly:DescribeVoices",
        "rekognition:DetectFaces",
        "rekognition:DetectLabels",
        "rekognition:DetectModerationLabels",
        "rekognition:DetectText",
        "s3:ListAllMyBuckets",
        "secretsmanager:GetRandomPassword",
        "secretsmanager:ListSecrets",
        "sns:ListTopics",
        "sqs:ListQueues",
        "ssm:DescribeParameters",
        "sts:GetCallerIdentity",
        "textract:AnalyzeDocument",
        "textract:DetectDocumentText",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
)
"""Actions without a resource level: for them `*` is the only resource there is. A short list of
what functions use; an action that is missing here can be used through an existing role.
Source: https://docs.aws.amazon.com/service-authorization/latest/reference/"""

_LOWER = frozenset(action.lower() for action in ONLY_ON_EVERYTHING)


def wildcard_actions(subject: Subject) -> Iterator[Problem]:
    """Every allowed action is written out."""
    for logical_id, statement in policy_statements(subject):
        if statement.get("Effect") != "Allow":
            continue
        for action in listed(statement.get("Action", [])):
            if "*" in str(action) or "?" in str(action):
                yield subject.problem(
                    logical_id, f"allows {action!r}", "name the actions one by one"
                )
        if "NotAction" in statement:
            yield subject.problem(
                logical_id, "allows by NotAction", "name the actions that are needed"
            )


def everything_as_resource(subject: Subject) -> Iterator[Problem]:
    """A bare `*` is the resource only of actions that know no other."""
    for logical_id, statement in policy_statements(subject):
        if statement.get("Effect") != "Allow":
            continue
        resources = listed(statement.get("Resource", []))
        if "*" not in resources and "NotResource" not in statement:
            continue
        actions = [str(action) for action in listed(statement.get("Action", []))]
        narrow = [action for action in actions if action.lower() not in _LOWER]
        if narrow:
            yield subject.problem(
                logical_id,
                f"allows {', '.join(narrow)} on every resource (`*`)",
                "name the resource, such as `table.arn`, or `bucket/*` for what it holds",
            )


def large_policies(subject: Subject) -> Iterator[Problem]:
    """The inline policies of a role have at most 10,240 characters, white space not counted."""
    for logical_id, properties in subject.of_type(IAM_ROLE):
        documents = [policy.get("PolicyDocument") for policy in properties.get("Policies", ())]
        size_bytes = sum(len(orjson.dumps(document)) for document in documents)
        if size_bytes > MAX_INLINE_POLICY_BYTES:
            yield subject.problem(
                logical_id,
                f"its inline policies have about {size_bytes:,} of "
                f"{MAX_INLINE_POLICY_BYTES:,} characters",
                "use fewer resources in one function, or an existing role",
            )
