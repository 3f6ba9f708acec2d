"""Functions for the events that are asked for most: a handler, its source, and nothing else."""

from __future__ import annotations

from sparta.archetypes.reactors import (
    codecommit_reactor,
    dynamodb_reactor,
    eventbridge_reactor,
    firehose_reactor,
    kinesis_reactor,
    s3_reactor,
    scheduled_reactor,
    sns_reactor,
    sqs_reactor,
)

__all__ = [
    "codecommit_reactor",
    "dynamodb_reactor",
    "eventbridge_reactor",
    "firehose_reactor",
    "kinesis_reactor",
    "s3_reactor",
    "scheduled_reactor",
    "sns_reactor",
    "sqs_reactor",
]
