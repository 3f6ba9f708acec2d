"""Kafka topics: Lambda polls them with the function's own role, from within the cluster's network.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/msk-permissions.html
https://docs.aws.amazon.com/lambda/latest/dg/smaa-permissions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.validate_access import LOGINS
from sparta.model.token import has_marker
from sparta.template.policy import allow
from sparta.template.triggers.mapping import mapping, networking, reading_secrets, starting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sparta.template.template import Body
    from sparta.template.triggers.consumer import Consumer
    from sparta.template.wiring import Wiring
    from sparta.triggers.kafka_topics import KafkaRecords, MskRecords

_CLUSTER = ("kafka:DescribeCluster", "kafka:DescribeClusterV2")
_SERVERS = ("kafka:GetBootstrapBrokers",)
"""It has no resource level."""
_LOGIN_TO_CLUSTER = ("kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration")
_GROUP = ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup")
_TOPIC = ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData")


def wire_msk(trigger: MskRecords, consumer: Consumer) -> Wiring:
    """Return the mapping of a topic of an MSK cluster."""
    properties = {
        "AmazonManagedKafkaEventSourceConfig": _group(trigger),
        "EventSourceArn": trigger.arn,
        "SourceAccessConfigurations": [] if trigger.secret is None else [_login(trigger)],
        "Topics": [trigger.topic],
        **starting(trigger.options),
    }
    rights = (*_msk_rights(trigger), *networking(), *reading_secrets(trigger.secret))
    given = {name: value for name, value in properties.items() if value}
    return mapping(trigger, consumer, "KafkaMapping", given, rights)


def wire_kafka(trigger: KafkaRecords, consumer: Consumer) -> Wiring:
    """Return the mapping of a topic of a Kafka of one's own."""
    access = [] if trigger.secret is None else [_login(trigger)]
    if trigger.root_certificate is not None:
        uri = trigger.root_certificate
        access.append({"Type": "SERVER_ROOT_CA_CERTIFICATE", "URI": uri})
    access += [{"Type": "VPC_SUBNET", "URI": f"subnet:{each}"} for each in trigger.subnets]
    access += [
        {"Type": "VPC_SECURITY_GROUP", "URI": f"security_group:{each}"}
        for each in trigger.security_groups
    ]
    properties = {
        "SelfManagedEventSource": {
            "Endpoints": {"KafkaBootstrapServers": list(trigger.servers)},
        },
        "SelfManagedKafkaEventSourceConfig": _group(trigger),
        "SourceAccessConfigurations": access,
        "Topics": [trigger.topic],
        **starting(trigger.options),
    }
    rights = reading_secrets(trigger.secret, trigger.root_certificate)
    if trigger.subnets:
        rights += networking()
    given = {name: value for name, value in properties.items() if value}
    return mapping(trigger, consumer, "KafkaMapping", given, rights)


def _group(trigger: MskRecords | KafkaRecords) -> Body:
    group = trigger.options.get("consumer_group")
    return {} if group is None else {"ConsumerGroupId": group}


def _login(trigger: MskRecords | KafkaRecords) -> Body:
    return {"Type": LOGINS[str(trigger.login)], "URI": trigger.secret}


def _msk_rights(trigger: MskRecords) -> Iterator[Body]:
    yield allow(_CLUSTER, [trigger.arn])
    yield allow(_SERVERS, ["*"])
    if trigger.login == "scram_512":
        yield allow(["kafka:ListScramSecrets"], [trigger.arn])
    if trigger.login == "iam":
        yield allow(_LOGIN_TO_CLUSTER, [trigger.arn])
        yield allow(_TOPIC, [_within(trigger.arn, "topic", trigger.topic)])
        # Where no name is given, Lambda makes one that is known only afterwards.
        group = trigger.options.get("consumer_group", "*")
        yield allow(_GROUP, [_within(trigger.arn, "group", group)])


def _within(cluster: str, kind: str, name: str) -> Any:  # noqa: ANN401 - text or function
    """Return the ARN of a topic or group: the cluster's with another word, and its name."""
    if not has_marker(cluster):
        return f"{cluster.replace(':cluster/', f':{kind}/', 1)}/{name}"
    parts = {"Fn::Split": [":cluster/", cluster]}
    return {"Fn::Join": ["/", [{"Fn::Join": [f":{kind}/", parts]}, name]]}
