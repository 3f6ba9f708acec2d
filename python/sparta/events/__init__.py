"""The events that functions get: frozen values over the raw JSON, decoded when read."""

from __future__ import annotations

from sparta.events.batch_failures import BatchFailures
from sparta.events.codecommit import CodeCommit
from sparta.events.config_rule import ConfigRule
from sparta.events.documentdb import DocumentChange, DocumentDB
from sparta.events.dynamodb import DynamoDB, DynamoDBRecord
from sparta.events.eventbridge import EventBridge
from sparta.events.kafka import Kafka, KafkaRecord
from sparta.events.kinesis import Kinesis, KinesisRecord
from sparta.events.mq import ActiveMQ, ActiveMQMessage, RabbitMQ, RabbitMQMessage
from sparta.events.s3 import S3, S3Record
from sparta.events.schedule import Scheduled
from sparta.events.ses import Ses, SesRecord
from sparta.events.sns import Sns, SnsRecord
from sparta.events.sqs import Sqs, SqsRecord

__all__ = [
    "S3",
    "ActiveMQ",
    "ActiveMQMessage",
    "BatchFailures",
    "CodeCommit",
    "ConfigRule",
    "DocumentChange",
    "DocumentDB",
    "DynamoDB",
    "DynamoDBRecord",
    "EventBridge",
    "Kafka",
    "KafkaRecord",
    "Kinesis",
    "KinesisRecord",
    "RabbitMQ",
    "RabbitMQMessage",
    "S3Record",
    "Scheduled",
    "Ses",
    "SesRecord",
    "Sns",
    "SnsRecord",
    "Sqs",
    "SqsRecord",
]
