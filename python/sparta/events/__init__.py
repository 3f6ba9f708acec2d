"""The events that functions get: frozen values over the raw JSON, decoded when read."""

from __future__ import annotations

from sparta.events.dynamodb import DynamoDB, DynamoDBRecord
from sparta.events.s3 import S3, S3Record
from sparta.events.schedule import Scheduled
from sparta.events.sns import Sns, SnsRecord
from sparta.events.sqs import Sqs, SqsRecord

__all__ = [
    "S3",
    "DynamoDB",
    "DynamoDBRecord",
    "S3Record",
    "Scheduled",
    "Sns",
    "SnsRecord",
    "Sqs",
    "SqsRecord",
]
