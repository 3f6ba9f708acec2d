"""Triggers whose source is no resource of `sparta.aws`: where else events may come from."""

from __future__ import annotations

from sparta.triggers import filters
from sparta.triggers.broker import activemq, rabbitmq
from sparta.triggers.change_stream import documentdb
from sparta.triggers.clock import schedule
from sparta.triggers.compliance import config_rule
from sparta.triggers.conversation import lex
from sparta.triggers.device_messages import iot
from sparta.triggers.event_rule import rule
from sparta.triggers.existing import dynamodb, kinesis, queue
from sparta.triggers.existing_topic import topic
from sparta.triggers.invoker import principal
from sparta.triggers.kafka_topics import kafka, msk
from sparta.triggers.listener import alb
from sparta.triggers.log_lines import logs
from sparta.triggers.receipt import email
from sparta.triggers.repository import codecommit
from sparta.triggers.skill import alexa
from sparta.triggers.user_pool import cognito

__all__ = [
    "activemq",
    "alb",
    "alexa",
    "codecommit",
    "cognito",
    "config_rule",
    "documentdb",
    "dynamodb",
    "email",
    "filters",
    "iot",
    "kafka",
    "kinesis",
    "lex",
    "logs",
    "msk",
    "principal",
    "queue",
    "rabbitmq",
    "rule",
    "schedule",
    "topic",
]
