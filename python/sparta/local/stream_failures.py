"""Partial failures of streams: ministack knows those of queues only.

It would take a batch of a stream for done whose records were reported as failed. Here such a batch
fails, so that it comes again, and then begins with the first record that failed: as Lambda does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SEQUENCES = {
    "aws:dynamodb": ("dynamodb", "SequenceNumber"),
    "aws:kinesis": ("kinesis", "sequenceNumber"),
}
"""Where a record has its place in the stream, by the event's source."""
_REPORTED = "ReportBatchItemFailures"


class Checkpoints:
    """Where batches begin again, by function and shard."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str, str], str] = {}

    def remaining(self, function: str, event: Any) -> Any:  # noqa: ANN401 - any JSON
        """Return an event without the records that were handled before one that failed."""
        numbers = _numbers(event)
        failed = self._failed.get(_key(function, event)) if numbers else None
        if failed not in numbers:
            return event
        return event | {"Records": event["Records"][numbers.index(failed) :]}

    def failed(
        self,
        function: str,
        event: Any,  # noqa: ANN401 - any JSON
        result: Any,  # noqa: ANN401 - any JSON
        mappings: Iterable[Mapping[str, Any]],
    ) -> bool:
        """Say whether a batch has to come again, and keep where it then begins.

        Args:
            function: The function's name.
            event: What it got.
            result: What it answered.
            mappings: Every event source mapping there is.
        """
        numbers = _numbers(event)
        if not numbers:
            return False
        key = _key(function, event)
        self._failed.pop(key, None)
        failures = result.get("batchItemFailures") if isinstance(result, dict) else None
        if not failures or not _is_asked(function, event, mappings):
            return False
        places = [_place(numbers, failure.get("itemIdentifier")) for failure in failures]
        self._failed[key] = numbers[min(places)]
        return True


def _numbers(event: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """Return the records' places in a stream; none where this is no batch of one."""
    records = event.get("Records") if isinstance(event, dict) else None
    if not isinstance(records, list) or not records or not isinstance(records[0], dict):
        return []
    found = _SEQUENCES.get(str(records[0].get("eventSource")))
    if found is None:
        return []
    part, name = found
    return [str(record[part][name]) for record in records]


def _key(function: str, event: Any) -> tuple[str, str, str]:  # noqa: ANN401 - a batch
    first = event["Records"][0]
    shard = str(first.get("eventID", "")).rpartition(":")[0]
    return function, str(first.get("eventSourceARN", "")), shard


def _place(numbers: list[str], identifier: object) -> int:
    """Return the index of a record; that of the first for one that is none: all of it failed."""
    return numbers.index(str(identifier)) if str(identifier) in numbers else 0


def _is_asked(function: str, event: Any, mappings: Iterable[Mapping[str, Any]]) -> bool:  # noqa: ANN401
    source = event["Records"][0].get("eventSourceARN")
    return any(
        mapping.get("FunctionName") == function
        and mapping.get("EventSourceArn") == source
        and _REPORTED in (mapping.get("FunctionResponseTypes") or ())
        for mapping in mappings
    )
