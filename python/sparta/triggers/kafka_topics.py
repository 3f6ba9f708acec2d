"""`msk` and `kafka`: topics of a cluster of Amazon MSK, and of a Kafka of one's own.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
"""

from __future__ import annotations

from sparta.events.kafka import Kafka
from sparta.model.caller import declared_at
from sparta.model.polled_trigger import PolledTrigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Literal, Unpack

    from sparta.triggers.options import TopicOptions

    Login = Literal["basic", "scram_256", "scram_512", "certificate"]
    MskLogin = Literal["iam", "scram_512", "certificate"]


class MskRecords(PolledTrigger[Kafka]):
    """Records of a topic of an MSK cluster, in batches."""

    __slots__ = ("login", "secret", "topic")
    event_type = Kafka

    def __init__(
        self,
        origin: str,
        options: Mapping[str, Any],
        declared_at: str,
        *,
        topic: str,
        login: MskLogin,
        secret: str | None,
    ) -> None:
        super().__init__(origin, options, declared_at)
        self.topic = topic
        self.login = login
        self.secret = secret

    @property
    def identity(self) -> tuple[str, ...]:
        """The cluster and the topic."""
        return (*super().identity, self.topic)


class KafkaRecords(PolledTrigger[Kafka]):
    """Records of a topic of a Kafka that is not MSK's, in batches."""

    __slots__ = (
        "login",
        "root_certificate",
        "secret",
        "security_groups",
        "servers",
        "subnets",
        "topic",
    )
    event_type = Kafka

    def __init__(
        self,
        servers: Sequence[str],
        options: Mapping[str, Any],
        declared_at: str,
        *,
        topic: str,
        login: Login | None,
        secret: str | None,
        root_certificate: str | None,
        subnets: Sequence[str],
        security_groups: Sequence[str],
    ) -> None:
        super().__init__("", options, declared_at)
        self.servers = servers
        self.topic = topic
        self.login = login
        self.secret = secret
        self.root_certificate = root_certificate
        self.subnets = subnets
        self.security_groups = security_groups

    @property
    def identity(self) -> tuple[str, ...]:
        """The servers and the topic."""
        return (*self.servers, self.topic)


def msk(
    arn: str,
    *,
    topic: str,
    login: MskLogin = "iam",
    secret: str | None = None,
    **options: Unpack[TopicOptions],
) -> MskRecords:
    """Return the trigger that hands over the records of a topic of an MSK cluster.

    Lambda reaches the cluster by the cluster's own subnets and security groups, which have to
    reach Lambda and STS, and Secrets Manager where there is a secret.

    Args:
        arn: The cluster's ARN, text or a token.
        topic: The topic's name.
        login: `iam` with the function's own role, whose rights are derived; `scram_512` or
            `certificate` (mutual TLS) with a secret.
        secret: The ARN of that secret in Secrets Manager.
        options: See `sparta.triggers.options.TopicOptions`.
    """
    return MskRecords(arn, options, declared_at(), topic=topic, login=login, secret=secret)


def kafka(
    servers: Sequence[str],
    *,
    topic: str,
    login: Login | None = None,
    secret: str | None = None,
    root_certificate: str | None = None,
    subnets: Sequence[str] = (),
    security_groups: Sequence[str] = (),
    **options: Unpack[TopicOptions],
) -> KafkaRecords:
    """Return the trigger that hands over the records of a topic of any Kafka.

    Args:
        servers: One to ten bootstrap servers, `host:port`.
        topic: The topic's name.
        login: How Lambda proves who it is: by user and password (`basic`, `scram_256`,
            `scram_512`) or by a client certificate; None where its network is enough.
        secret: The ARN of the secret in Secrets Manager that holds the login.
        root_certificate: The ARN of the secret that holds the servers' root certificate, where
            no public authority signed theirs.
        subnets: The subnets to reach the servers from; none over the internet.
        security_groups: The security groups in them.
        options: See `sparta.triggers.options.TopicOptions`.
    """
    return KafkaRecords(
        servers,
        options,
        declared_at(),
        topic=topic,
        login=login,
        secret=secret,
        root_certificate=root_certificate,
        subnets=subnets,
        security_groups=security_groups,
    )
