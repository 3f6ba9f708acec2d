"""`Custom::SpartaBucketNotification`: notifications of a bucket, beside those of others.

S3 has one configuration for a bucket, written as a whole and without a condition. Ours are told by
their ids; everything else is written back as it was read, immediately before. Then it is read
again: where somebody else's write took ours away in between, they are put back.

S3 asks all destinations in a configuration whether they may be told, and refuses it for one of
somebody else's that is gone. Ours may: the template made their permissions before. So after some
tries, which a new permission may take, it is told not to ask.
https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
"""

from __future__ import annotations

from sparta.model.model import Model
from sparta.model.resource_request import ResourceRequest  # noqa: TC001 - read by `serving`
from sparta.providers.patience import code_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_TRIES = 8
_ASKED_TRIES = 3
_LOOK_AGAIN_S = 0.4
_SETTLES_LATER = ("OperationAborted", "SlowDown")
"""Errors that pass: somebody else writes at this moment."""
_UNREACHED = "Unable to validate the following destination"
_LAMBDA = "LambdaFunctionConfigurations"


class Notification(Model):
    """One function that is told of new objects."""

    Function: str
    Prefix: str = ""
    Suffix: str = ""


class Properties(Model):
    """Everything that one stack wants of one bucket."""

    Bucket: str
    EventBridge: bool = False
    Notifications: list[Notification]


def create(request: ResourceRequest[Properties]) -> None:
    """Add ours."""
    properties = request.properties
    # Another bucket is another resource: the former one's notifications are then deleted.
    request.physical_id = f"{_owner(request)}/{properties.Bucket}"
    wanted = [
        _configuration(f"{_owner(request)}/{number}", notification)
        for number, notification in enumerate(properties.Notifications)
    ]
    merge(client(), properties.Bucket, _owner(request), wanted, eventbridge=properties.EventBridge)


update = create


def delete(request: ResourceRequest[Properties]) -> None:
    """Remove ours. EventBridge stays on: others may rely on it, and it costs nothing by itself."""
    bucket = request.physical_id.partition("/")[2] or request.properties.Bucket
    merge(client(), bucket, _owner(request), [], eventbridge=False)


def merge(
    s3: Any,  # noqa: ANN401 - a client of boto3
    bucket: str,
    owner: str,
    wanted: Sequence[dict[str, Any]],
    *,
    eventbridge: bool,
) -> None:
    """Make `wanted` the notifications of `owner`, and leave all others as they are.

    Args:
        s3: The client.
        bucket: The bucket's name.
        owner: What ids of ours start with, before a slash.
        wanted: Ours, as S3 has them.
        eventbridge: Whether EventBridge has to be told as well.

    Raises:
        Exception: What S3 said, where it does not pass.
    """
    import time

    for tried in range(1, _TRIES + 1):
        try:
            found = s3.get_bucket_notification_configuration(Bucket=bucket)
            found.pop("ResponseMetadata", None)
            merged = _merged(found, owner, wanted, eventbridge=eventbridge)
            if merged == found:
                return
            s3.put_bucket_notification_configuration(
                Bucket=bucket,
                NotificationConfiguration=merged,
                SkipDestinationValidation=not wanted or tried > _ASKED_TRIES,
            )
        except Exception as error:
            code, text = code_of(error), str(error)
            if code == "NoSuchBucket" and not wanted:
                return
            if tried == _TRIES or not (code in _SETTLES_LATER or _UNREACHED in text):
                raise
            time.sleep(_LOOK_AGAIN_S * tried)
        else:
            time.sleep(_LOOK_AGAIN_S * (0.5 + _chance()))
    raise RuntimeError(f"others keep changing the notifications of {bucket}: provision again")


def client() -> Any:  # noqa: ANN401 - of boto3
    """Return a client for S3."""
    import boto3

    return boto3.client("s3")


def _merged(
    found: dict[str, Any], owner: str, wanted: Sequence[dict[str, Any]], *, eventbridge: bool
) -> dict[str, Any]:
    others = [each for each in found.get(_LAMBDA, []) if not _is_of(each, owner)]
    ours = [each for each in found.get(_LAMBDA, []) if _is_of(each, owner)]
    merged = dict(found)
    if sorted(map(_identity, ours)) != sorted(map(_identity, wanted)):
        merged[_LAMBDA] = [*others, *wanted]
        if not merged[_LAMBDA]:
            del merged[_LAMBDA]
    if eventbridge:
        merged.setdefault("EventBridgeConfiguration", {})
    return merged


def _is_of(configuration: dict[str, Any], owner: str) -> bool:
    return str(configuration.get("Id", "")).rpartition("/")[0] == owner


def _identity(configuration: dict[str, Any]) -> tuple[str, str, list[str], list[tuple[str, str]]]:
    """Return what matters of a configuration; S3 writes names of rules in its own way."""
    rules = configuration.get("Filter", {}).get("Key", {}).get("FilterRules", [])
    return (
        configuration["Id"],
        configuration["LambdaFunctionArn"],
        sorted(configuration["Events"]),
        sorted((rule["Name"].lower(), rule["Value"]) for rule in rules if rule["Value"]),
    )


def _configuration(id_: str, notification: Notification) -> dict[str, Any]:
    rules = [("prefix", notification.Prefix), ("suffix", notification.Suffix)]
    configuration: dict[str, Any] = {
        "Id": id_,
        "LambdaFunctionArn": notification.Function,
        "Events": ["s3:ObjectCreated:*"],
    }
    given = [{"Name": name, "Value": value} for name, value in rules if value]
    return {**configuration, "Filter": {"Key": {"FilterRules": given}}} if given else configuration


def _owner(request: ResourceRequest[Properties]) -> str:
    return request.physical_id.partition("/")[0]


def _chance() -> float:
    import os

    return os.urandom(1)[0] / 255
