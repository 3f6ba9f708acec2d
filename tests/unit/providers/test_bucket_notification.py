"""Notifications of a bucket, while others change them too."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from sparta.providers import bucket_notification
from sparta.providers.bucket_notification import merge

if TYPE_CHECKING:
    from collections.abc import Callable

QUEUE = {"Id": "q", "QueueArn": "arn:queue", "Events": ["s3:ObjectRemoved:*"]}
LAMBDA = "LambdaFunctionConfigurations"


class RefusedError(Exception):
    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.response = {"Error": {"Code": code, "Message": message}}


class Bucket:
    """The configuration of one bucket, in which things happen between a read and a write."""

    def __init__(self, **configuration: Any) -> None:
        self.configuration: dict[str, Any] = configuration
        self.after_write: list[Callable[[dict[str, Any]], dict[str, Any]]] = []
        self.errors: list[RefusedError] = []
        self.writes: list[bool] = []

    def get_bucket_notification_configuration(self, **asked: Any) -> dict[str, Any]:
        assert asked == {"Bucket": "uploads"}
        return deepcopy({**self.configuration, "ResponseMetadata": {"HTTPStatusCode": 200}})

    def put_bucket_notification_configuration(self, **asked: Any) -> None:
        assert asked["Bucket"] == "uploads"
        self.writes.append(asked["SkipDestinationValidation"])
        if self.errors:
            raise self.errors.pop(0)
        self.configuration = deepcopy(asked["NotificationConfiguration"])
        if self.after_write:
            self.configuration = self.after_write.pop(0)(self.configuration)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_notification, "_LOOK_AGAIN_S", 0)


def ours(number: int, owner: str = "own", suffix: str = ".csv") -> dict[str, Any]:
    return {
        "Id": f"{owner}/{number}",
        "LambdaFunctionArn": "arn:function",
        "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": [{"Name": "suffix", "Value": suffix}]}},
    }


def merged(bucket: Bucket, *wanted: dict[str, Any], eventbridge: bool = False) -> dict[str, Any]:
    merge(bucket, "uploads", "own", wanted, eventbridge=eventbridge)
    return bucket.configuration


def test_those_of_others_stay() -> None:
    others = {"QueueConfigurations": [QUEUE], LAMBDA: [ours(0, "other"), ours(0, "own/other")]}
    bucket = Bucket(**others)
    found = merged(bucket, ours(0), ours(1, suffix=".txt"))
    assert found["QueueConfigurations"] == [QUEUE]
    assert found[LAMBDA] == [*others[LAMBDA], ours(0), ours(1, suffix=".txt")]
    assert merged(bucket) == others


def test_what_is_there_already_is_not_written() -> None:
    there = ours(0)
    there["Filter"]["Key"]["FilterRules"].append({"Name": "Prefix", "Value": ""})
    there["Filter"]["Key"]["FilterRules"][0]["Name"] = "Suffix"  # as S3 gives it back
    bucket = Bucket(**{LAMBDA: [there]})
    merged(bucket, ours(0))
    assert bucket.writes == []


def test_a_change_replaces_ours_only() -> None:
    bucket = Bucket(**{LAMBDA: [ours(0), ours(0, "other"), ours(1)]})
    assert merged(bucket, ours(0, suffix=".tsv"))[LAMBDA] == [
        ours(0, "other"),
        ours(0, suffix=".tsv"),
    ]


def test_ours_are_put_back_when_another_write_took_them_away() -> None:
    bucket = Bucket()
    bucket.after_write = [lambda _: {LAMBDA: [ours(0, "other")]}]
    assert merged(bucket, ours(0))[LAMBDA] == [ours(0, "other"), ours(0)]
    assert len(bucket.writes) == 2


def test_somebody_who_always_takes_them_away_is_named() -> None:
    bucket = Bucket()
    bucket.after_write = [lambda _: {}] * 100
    with pytest.raises(RuntimeError, match="keep changing the notifications of uploads"):
        merged(bucket, ours(0))


@pytest.mark.parametrize("code", ["OperationAborted", "SlowDown"])
def test_what_passes_is_waited_for(code: str) -> None:
    bucket = Bucket()
    bucket.errors = [RefusedError(code)] * 3
    assert merged(bucket, ours(0))[LAMBDA] == [ours(0)]


def test_what_does_not_pass_is_said() -> None:
    bucket = Bucket()
    bucket.errors = [RefusedError("InvalidArgument", "Configurations overlap")]
    with pytest.raises(RefusedError):
        merged(bucket, ours(0))


def test_a_dead_destination_of_somebody_else_does_not_stop_ours() -> None:
    bucket = Bucket(QueueConfigurations=[QUEUE])
    text = "Unable to validate the following destination configurations"
    bucket.errors = [RefusedError("InvalidArgument", text)] * 3
    assert merged(bucket, ours(0))[LAMBDA] == [ours(0)]
    assert bucket.writes == [False, False, False, True]
    assert merged(bucket) == {"QueueConfigurations": [QUEUE]}
    assert bucket.writes[4:] == [True]


def test_a_bucket_that_is_gone_needs_no_removal() -> None:
    class Gone(Bucket):
        def get_bucket_notification_configuration(self, **_: Any) -> dict[str, Any]:
            raise RefusedError("NoSuchBucket")

    merged(Gone())
    with pytest.raises(RefusedError):
        merged(Gone(), ours(0))


def test_eventbridge_is_switched_on_and_never_off() -> None:
    bucket = Bucket()
    assert merged(bucket, ours(0), eventbridge=True)["EventBridgeConfiguration"] == {}
    assert merged(bucket) == {"EventBridgeConfiguration": {}}
