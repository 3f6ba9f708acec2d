"""Topics of MSK and of a Kafka of one's own; for the golden template, never deployed."""

import sparta
from sparta import events, triggers
from sparta.triggers import filters

SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:AmazonMSK_login-AbCdEf"
cluster = sparta.Resource(
    "Cluster",
    "AWS::MSK::ServerlessCluster",
    {
        "ClusterName": "orders",
        "ClientAuthentication": {"Sasl": {"Iam": {"Enabled": True}}},
        "VpcConfigs": [{"SubnetIds": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]}],
    },
)


@sparta.function(
    on=(
        triggers.msk(cluster.get_att("Arn"), topic="orders", start="TRIM_HORIZON"),
        triggers.msk(cluster.get_att("Arn"), topic="refunds", consumer_group="refunds"),
    )
)
def serverless(event: events.Kafka) -> None:
    """Take the records of two topics."""


@sparta.function(
    on=triggers.msk(
        "arn:aws:kafka:us-east-1:123456789012:cluster/old/0123abcd-1",
        topic="orders",
        login="scram_512",
        secret=SECRET,
        where=filters.value("total") > 100,
    )
)
def provisioned(event: events.Kafka) -> None:
    """Take some records of a topic."""


@sparta.function(
    on=triggers.kafka(
        ["kafka-1.example.com:9092", "kafka-2.example.com:9092"],
        topic="orders",
        login="certificate",
        secret=SECRET,
        root_certificate=SECRET,
        subnets=["subnet-0123456789abcdef0"],
        security_groups=["sg-0123456789abcdef0"],
    )
)
def own(event: events.Kafka) -> None:
    """Take the records of a Kafka that is not MSK's."""


if __name__ == "__main__":
    sparta.main(
        "KafkaTopics",
        "Topics",
        functions=[serverless, provisioned, own],
        resources=[cluster],
    )
