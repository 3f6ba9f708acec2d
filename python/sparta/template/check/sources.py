"""Rules on event sources that call a function: each has the right to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from sparta.template.check.references import ids_in
from sparta.template.check.statements import allowed_statements, allows
from sparta.template.check.subject import IAM_ROLE, LAMBDA_FUNCTION, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem


class Push(NamedTuple):
    """One source that invokes one function."""

    logical_id: str
    function: Any
    principal: str
    source_ids: set[str]


def missing_permissions(subject: Subject) -> Iterator[Problem]:
    """Each source that calls a function is named in an AWS::Lambda::Permission of that function."""
    permissions = list(_permissions(subject))
    for push in _pushes(subject):
        function_id = subject.target(push.function, LAMBDA_FUNCTION)
        if not function_id:
            continue
        wanted = (function_id, push.principal)
        if not any(
            wanted == (owner, principal) and (not sources or sources & push.source_ids)
            for owner, principal, sources in permissions
        ):
            yield subject.problem(
                push.logical_id,
                f"{push.principal} may not invoke {function_id}",
                f"add an AWS::Lambda::Permission for {push.principal} with this source's ARN",
            )


def schedules_without_rights(subject: Subject) -> Iterator[Problem]:
    """Each schedule's role allows it to invoke its function."""
    for logical_id, properties in subject.of_type("AWS::Scheduler::Schedule"):
        target = properties.get("Target", {})
        function_id = subject.target(target.get("Arn"), LAMBDA_FUNCTION)
        role_id = subject.target(target.get("RoleArn"), IAM_ROLE)
        if not function_id or not role_id:
            continue
        statements = allowed_statements(subject, role_id)
        invoked = sorted(ids_in(target.get("Arn")))  # the function, or its alias
        if statements is not None and not any(
            allows(statements, "lambda:InvokeFunction", each) for each in invoked
        ):
            yield subject.problem(
                logical_id,
                f"its role {role_id} does not allow lambda:InvokeFunction on {function_id}",
                "add that statement to the role",
            )


_IDENTITY = {
    "AWS::Lambda::EventSourceMapping": (
        *("EventSourceArn", "FunctionName", "Topics", "SelfManagedEventSource", "Queues"),
        *("SourceAccessConfigurations", "DocumentDBEventSourceConfig"),
    ),
    "AWS::SNS::Subscription": ("TopicArn", "Protocol", "Endpoint"),
    "AWS::Events::Rule": ("EventBusName", "EventPattern", "ScheduleExpression", "Targets"),
}
"""What makes two sources of one type the same."""


def repeated_sources(subject: Subject) -> Iterator[Problem]:
    """No source feeds one function twice: AWS refuses it, or every event arrives twice."""
    for kind, names in _IDENTITY.items():
        owners: dict[bytes, str] = {}
        for logical_id, properties in subject.of_type(kind):
            same = [properties.get(name) for name in names]
            other = owners.setdefault(_canonical(same), logical_id)
            if other != logical_id:
                yield subject.problem(
                    logical_id,
                    f"feeds the same events to the same function as {other}",
                    "remove one of the two triggers from on=",
                )


def _canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _permissions(subject: Subject) -> Iterator[tuple[str, str, set[str]]]:
    """Yield function, principal and the resources named in the source ARN of each permission."""
    for _, properties in subject.of_type("AWS::Lambda::Permission"):
        function_id = subject.target(properties.get("FunctionName"), LAMBDA_FUNCTION)
        resources = subject.template.resources.keys()
        sources = ids_in(properties.get("SourceArn")) & resources
        yield function_id, properties.get("Principal", ""), sources


def _pushes(subject: Subject) -> Iterator[Push]:
    for logical_id, properties in subject.of_type("AWS::Events::Rule"):
        for target in properties.get("Targets", ()):
            yield Push(logical_id, target.get("Arn"), "events.amazonaws.com", {logical_id})
    for logical_id, properties in subject.of_type("AWS::SNS::Subscription"):
        sources = ids_in(properties.get("TopicArn"))
        yield Push(logical_id, properties.get("Endpoint"), "sns.amazonaws.com", sources)
    for logical_id, properties in subject.of_type("AWS::ApiGatewayV2::Integration"):
        sources = ids_in(properties.get("ApiId"))
        function = properties.get("IntegrationUri")
        yield Push(logical_id, function, "apigateway.amazonaws.com", sources)
    for logical_id, properties in subject.of_type("AWS::S3::Bucket"):
        notifications = properties.get("NotificationConfiguration", {})
        for notification in notifications.get("LambdaConfigurations", ()):
            function = notification.get("Function")
            yield Push(logical_id, function, "s3.amazonaws.com", {logical_id})
    for logical_id, properties in subject.of_type("AWS::Logs::SubscriptionFilter"):
        sources = ids_in(properties.get("LogGroupName"))
        function = properties.get("DestinationArn")
        yield Push(logical_id, function, "logs.amazonaws.com", sources)
    yield from _pushes_with_a_check(subject)


def _pushes_with_a_check(subject: Subject) -> Iterator[Push]:
    """Yield sources that look at the permission themselves, before they are made."""
    for logical_id, properties in subject.of_type("AWS::Config::ConfigRule"):
        function = properties.get("Source", {}).get("SourceIdentifier")
        yield Push(logical_id, function, "config.amazonaws.com", {logical_id})
    for logical_id, properties in subject.of_type("AWS::SES::ReceiptRule"):
        sources = ids_in(properties.get("RuleSetName"))
        for action in properties.get("Rule", {}).get("Actions", ()):
            function = action.get("LambdaAction", {}).get("FunctionArn")
            yield Push(logical_id, function, "ses.amazonaws.com", sources)
