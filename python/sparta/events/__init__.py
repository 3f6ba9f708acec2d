"""The events that functions get: frozen values over the raw JSON, decoded when read."""

from __future__ import annotations

from sparta.events.alb import Alb
from sparta.events.alexa import Alexa
from sparta.events.batch_failures import BatchFailures
from sparta.events.challenges import CreateAuthChallenge, DefineAuthChallenge, VerifyAuthChallenge
from sparta.events.cloudwatch_logs import CloudWatchLogs, LogLine
from sparta.events.codecommit import CodeCommit
from sparta.events.config_rule import ConfigRule
from sparta.events.documentdb import DocumentChange, DocumentDB
from sparta.events.dynamodb import DynamoDB, DynamoDBRecord
from sparta.events.eventbridge import EventBridge
from sparta.events.firehose import Firehose, FirehoseRecord, Transformed
from sparta.events.iot import Iot
from sparta.events.kafka import Kafka, KafkaRecord
from sparta.events.kinesis import Kinesis, KinesisRecord
from sparta.events.lex import Lex
from sparta.events.mq import ActiveMQ, ActiveMQMessage, RabbitMQ, RabbitMQMessage
from sparta.events.pool_messages import CustomEmailSender, CustomMessage, CustomSmsSender
from sparta.events.s3 import S3, S3Record
from sparta.events.schedule import Scheduled
from sparta.events.ses import Ses, SesRecord
from sparta.events.sign_up import (
    InboundFederation,
    PostAuthentication,
    PostConfirmation,
    PreAuthentication,
    PreSignUp,
    UserMigration,
)
from sparta.events.sns import Sns, SnsRecord
from sparta.events.sqs import Sqs, SqsRecord
from sparta.events.token_generation import PreTokenGeneration

__all__ = [
    "S3",
    "ActiveMQ",
    "ActiveMQMessage",
    "Alb",
    "Alexa",
    "BatchFailures",
    "CloudWatchLogs",
    "CodeCommit",
    "ConfigRule",
    "CreateAuthChallenge",
    "CustomEmailSender",
    "CustomMessage",
    "CustomSmsSender",
    "DefineAuthChallenge",
    "DocumentChange",
    "DocumentDB",
    "DynamoDB",
    "DynamoDBRecord",
    "EventBridge",
    "Firehose",
    "FirehoseRecord",
    "InboundFederation",
    "Iot",
    "Kafka",
    "KafkaRecord",
    "Kinesis",
    "KinesisRecord",
    "Lex",
    "LogLine",
    "PostAuthentication",
    "PostConfirmation",
    "PreAuthentication",
    "PreSignUp",
    "PreTokenGeneration",
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
    "Transformed",
    "UserMigration",
    "VerifyAuthChallenge",
]
