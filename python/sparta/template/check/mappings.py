"""Rules on event sources that Lambda polls: the function's role may, and the queue waits enough.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sparta.template.check.references import ids_in
from sparta.template.check.statements import allowed_statements, allows
from sparta.template.check.subject import IAM_ROLE, LAMBDA_FUNCTION, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.errors import Problem
    from sparta.template.template import Body

QUEUE = "AWS::SQS::Queue"
_STREAM_VERBS = ("DescribeStream", "GetRecords", "GetShardIterator")
ACTIONS_BY_SOURCE = {
    QUEUE: tuple(
        f"sqs:{verb}" for verb in ("DeleteMessage", "GetQueueAttributes", "ReceiveMessage")
    ),
    "AWS::DynamoDB::Table": tuple(f"dynamodb:{verb}" for verb in (*_STREAM_VERBS, "ListStreams")),
    "AWS::Kinesis::Stream": tuple(f"kinesis:{verb}" for verb in (*_STREAM_VERBS, "ListShards")),
}
"""What Lambda needs to poll a source, by the source's type."""
_DEFAULT_VISIBILITY_S = 30
_DEFAULT_TIMEOUT_S = 3


class Mapping(NamedTuple):
    """One event source mapping between a source and a function of this template."""

    logical_id: str
    function: Body
    source_id: str
    source_type: str


def mappings_without_rights(subject: Subject) -> Iterator[Problem]:
    """The role of each polling function has every action its source takes."""
    for mapping in _mappings(subject):
        role_id = subject.target(mapping.function.get("Role"), IAM_ROLE)
        statements = allowed_statements(subject, role_id) if role_id else None
        if statements is None:
            continue
        wanted = ACTIONS_BY_SOURCE.get(mapping.source_type, ())
        missing = [each for each in wanted if not allows(statements, each, mapping.source_id)]
        if missing:
            yield subject.problem(
                mapping.logical_id,
                f"the role {role_id} lacks {', '.join(missing)} on {mapping.source_id}",
                "add them to the uses= of the function",
            )


def impatient_queues(subject: Subject) -> Iterator[Problem]:
    """A queue hides a message at least as long as its function may take; AWS refuses less."""
    for mapping in _mappings(subject):
        if mapping.source_type != QUEUE:
            continue
        queue = subject.properties_of(mapping.source_id)
        hidden_s = queue.get("VisibilityTimeout", _DEFAULT_VISIBILITY_S)
        timeout_s = mapping.function.get("Timeout", _DEFAULT_TIMEOUT_S)
        if isinstance(hidden_s, int) and isinstance(timeout_s, int) and hidden_s < timeout_s:
            yield subject.problem(
                mapping.source_id,
                f"hides messages for {hidden_s} s, but the function of {mapping.logical_id} "
                f"may take {timeout_s} s",
                f"use visibility_timeout_s={6 * timeout_s}, six times the function's timeout",
            )


def _mappings(subject: Subject) -> Iterator[Mapping]:
    for logical_id, properties in subject.of_type("AWS::Lambda::EventSourceMapping"):
        function_id = subject.target(properties.get("FunctionName"), LAMBDA_FUNCTION)
        for source_id in sorted(ids_in(properties.get("EventSourceArn"))):
            source_type = subject.type_of(source_id)
            if function_id and source_type:
                function = subject.properties_of(function_id)
                yield Mapping(logical_id, function, source_id, source_type)
