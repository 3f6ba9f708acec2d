"""Brokers of Amazon MQ and clusters of DocumentDB: Lambda polls them with the function's own role.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/process-mq-messages-with-lambda.html
https://docs.aws.amazon.com/lambda/latest/dg/docdb-permissions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.iam.builder import arn
from sparta.template.policy import allow
from sparta.template.triggers.mapping import mapping, networking, reading_secrets, starting

if TYPE_CHECKING:
    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.template.wiring import Wiring
    from sparta.triggers.broker import ActiveMQMessages, RabbitMQMessages
    from sparta.triggers.change_stream import DocumentChanges

_LOGIN = "BASIC_AUTH"


def wire_activemq(trigger: ActiveMQMessages, consumer: Consumer) -> Wiring:
    """Return the mapping of a queue of an ActiveMQ broker."""
    return _broker(trigger, consumer, [_login(trigger.secret)])


def wire_rabbitmq(trigger: RabbitMQMessages, consumer: Consumer) -> Wiring:
    """Return the mapping of a queue of a RabbitMQ broker."""
    host = {"Type": "VIRTUAL_HOST", "URI": trigger.virtual_host}
    return _broker(trigger, consumer, [_login(trigger.secret), host])


def wire_documentdb(trigger: DocumentChanges, consumer: Consumer) -> Wiring:
    """Return the mapping of a change stream."""
    watched = {"DatabaseName": trigger.database}
    if trigger.collection is not None:
        watched["CollectionName"] = trigger.collection
    if trigger.full_document:
        watched["FullDocument"] = "UpdateLookup"
    properties = {
        "DocumentDBEventSourceConfig": watched,
        "EventSourceArn": trigger.arn,
        "SourceAccessConfigurations": [_login(trigger.secret)],
        **starting(trigger.options),
    }
    # The names of its parameter group and subnet group are not in the cluster's ARN.
    rights = (
        allow(["rds:DescribeDBClusters"], [trigger.arn]),
        allow(["rds:DescribeDBClusterParameters"], [arn("rds", "cluster-pg:*")]),
        allow(["rds:DescribeDBSubnetGroups"], [arn("rds", "subgrp:*")]),
        *networking(),
        *reading_secrets(trigger.secret),
    )
    return mapping(trigger, consumer, "DocumentDBMapping", properties, rights)


def _broker(
    trigger: ActiveMQMessages | RabbitMQMessages, consumer: Consumer, access: list[Body]
) -> Wiring:
    properties = {
        "EventSourceArn": trigger.arn,
        "Queues": [trigger.queue],
        "SourceAccessConfigurations": access,
    }
    rights = (
        allow(["mq:DescribeBroker"], [trigger.arn]),
        *networking(),
        *reading_secrets(trigger.secret),
    )
    return mapping(trigger, consumer, "MQMapping", properties, rights)


def _login(secret: str) -> Body:
    return {"Type": _LOGIN, "URI": secret}
