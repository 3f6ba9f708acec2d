"""Checks how polled triggers get into brokers and clusters: secrets, names, networks.

Limits: https://docs.aws.amazon.com/lambda/latest/api/API_SourceAccessConfiguration.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.limits import MAX_SECURITY_GROUPS, MAX_SUBNETS
from sparta.app.text_forms import SECURITY_GROUP, SUBNET, has_form
from sparta.triggers.broker import ActiveMQMessages, RabbitMQMessages
from sparta.triggers.change_stream import DocumentChanges
from sparta.triggers.kafka_topics import KafkaRecords, MskRecords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Found = Iterator[tuple[str, str]]

LOGINS = {
    "basic": "BASIC_AUTH",
    "certificate": "CLIENT_CERTIFICATE_TLS_AUTH",
    "scram_256": "SASL_SCRAM_256_AUTH",
    "scram_512": "SASL_SCRAM_512_AUTH",
}
"""The types of access that Lambda knows, by our names."""
MSK_LOGINS = ("iam", "scram_512", "certificate")
_SECRET = r"arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:.+"  # noqa: S105 - a form of ARNs
_SERVER = r"[\w.-]{1,255}:\d{1,5}"
_TOPIC = r"[^.][\w.-]{0,248}"
_MAX_SERVERS = 10
_QUEUE = r"[\s\S]{1,1000}"
_VIRTUAL_HOST = r"[a-zA-Z0-9/*:_+=.@-]{1,200}"
_DATABASE = r"[^ /.$\x22]{1,63}"
_COLLECTION = r"(?!system\.)[a-zA-Z_][^$]{0,56}"


def access_problems(trigger: Any) -> Found:  # noqa: ANN401 - any polled trigger
    """Yield what is wrong with a trigger's way in, and the fix."""
    check = _CHECKS.get(type(trigger))
    if check is not None:
        yield from check(trigger)


def _broker(trigger: ActiveMQMessages | RabbitMQMessages) -> Found:
    yield from _secret("secret", trigger.secret)
    if not has_form(trigger.queue, _QUEUE):
        yield f"queue={trigger.queue!r} is no name of a queue", "use 1 to 1000 characters"
    if isinstance(trigger, RabbitMQMessages) and not has_form(trigger.virtual_host, _VIRTUAL_HOST):
        yield f"virtual_host={trigger.virtual_host!r} is none", "use the name RabbitMQ shows, or /"


def _documents(trigger: DocumentChanges) -> Found:
    yield from _secret("secret", trigger.secret)
    if not has_form(trigger.database, _DATABASE):
        what = f"database={trigger.database!r} is no name of a database"
        yield what, "use 1 to 63 characters, none of them a space or one of / . $"
    if trigger.collection is not None and not has_form(trigger.collection, _COLLECTION):
        what = f"collection={trigger.collection!r} is no name of a collection"
        yield what, "use 1 to 57 characters, a letter or _ first"


def _msk(trigger: MskRecords) -> Found:
    yield from _topic(trigger.topic)
    if trigger.login not in MSK_LOGINS:
        yield f"login={trigger.login!r} is not known", f"use one of {', '.join(MSK_LOGINS)}"
    yield from _login(trigger.secret, needs_secret=trigger.login != "iam", login=trigger.login)


def _kafka(trigger: KafkaRecords) -> Found:
    yield from _topic(trigger.topic)
    servers = trigger.servers
    is_list = isinstance(servers, (list, tuple)) and 0 < len(servers) <= _MAX_SERVERS
    if not is_list or not all(has_form(server, _SERVER) for server in servers):
        yield f"servers={servers!r} are no bootstrap servers", "give 1 to 10, each as host:port"
    if trigger.login is not None and trigger.login not in LOGINS:
        yield f"login={trigger.login!r} is not known", f"use one of {', '.join(LOGINS)}"
    yield from _login(trigger.secret, needs_secret=trigger.login is not None, login=trigger.login)
    if trigger.root_certificate is not None:
        yield from _secret("root_certificate", trigger.root_certificate)
    yield from _network("subnets", trigger.subnets, SUBNET, MAX_SUBNETS)
    yield from _network(
        "security_groups", trigger.security_groups, SECURITY_GROUP, MAX_SECURITY_GROUPS
    )
    if bool(trigger.subnets) != bool(trigger.security_groups):
        yield "a network takes subnets= and security_groups=", "give both, or neither"
    if trigger.login is None and not trigger.subnets:
        yield "nothing lets Lambda in: no login=, no subnets=", "give one of them"


def _topic(topic: object) -> Found:
    if not has_form(topic, _TOPIC):
        fix = "use 1 to 249 letters, digits, _ - and dots"
        yield f"topic={topic!r} is no name of a topic", fix


def _login(secret: object, *, needs_secret: bool, login: object) -> Found:
    if needs_secret and secret is None:
        yield f"login={login!r} needs secret=", "give the ARN of a secret in Secrets Manager"
    elif not needs_secret and secret is not None:
        yield f"secret= is of no use with login={login!r}", "leave it out, or choose a login"
    elif secret is not None:
        yield from _secret("secret", secret)


def _secret(name: str, value: object) -> Found:
    if not has_form(value, _SECRET):
        yield f"{name}={value!r} is not the ARN of a secret", "copy it from Secrets Manager"


def _network(name: str, values: object, form: str, most: int) -> Found:
    is_list = isinstance(values, (list, tuple)) and len(values) <= most
    if not is_list or not all(has_form(value, form) for value in values):  # type: ignore[attr-defined]
        yield f"{name}={values!r} are none", f"give at most {most} ids"


_CHECKS: dict[type, Callable[[Any], Found]] = {
    ActiveMQMessages: _broker,
    DocumentChanges: _documents,
    KafkaRecords: _kafka,
    MskRecords: _msk,
    RabbitMQMessages: _broker,
}
