"""Where a mapping sends what it gives up: a queue, a topic or a bucket, and the rights that takes.

Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sparta.app.destination import arn_of, service_of
from sparta.cfn.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUCKET = "AWS::S3::Bucket"
_BUCKET_ARN = r"arn:aws[\w-]*:s3:::[^/]+"
_SENT = {"sns": "sns:Publish", "sqs": "sqs:SendMessage"}


def failure_service(target: object) -> str:
    """Return `sqs`, `sns` or `s3`; empty for what no mapping sends to."""
    if isinstance(target, Resource) and target.type == _BUCKET:
        return "s3"
    if isinstance(target, str) and re.fullmatch(_BUCKET_ARN, str(target), re.ASCII):
        return "s3"
    service = service_of(target) if isinstance(target, (str, Resource)) else ""
    return service if service in _SENT else ""


def is_fifo(target: object) -> bool:
    """Say whether a queue or topic keeps order, which failed records are not sent to."""
    return str(target).endswith(".fifo") if isinstance(target, str) else _declared_fifo(target)


def _declared_fifo(target: object) -> bool:
    properties = target.properties if isinstance(target, Resource) else {}
    return bool(properties.get("FifoQueue") or properties.get("FifoTopic"))


def failure_rights(target: Resource | str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the actions that sending takes, and the ARN they are on."""
    arn = arn_of(target)
    service = failure_service(target)
    if service == "s3":
        yield ("s3:PutObject",), f"{arn}/*"
        yield ("s3:ListBucket",), arn
    else:
        yield (_SENT[service],), arn
