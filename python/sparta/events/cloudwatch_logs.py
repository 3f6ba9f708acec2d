"""CloudWatch Logs events: lines that a subscription filter picked, packed as base64 and gzip.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64, object_of_json, refuse, text_of_bytes
from sparta.events.event import Event
from sparta.model.generic import D, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Self

    from sparta.events.event import Payload

_LOGS_WHERE = "event.awslogs.data"
_GZIP = 31
"""What tells zlib to read gzip's frame."""


class LogLine(Event, Generic[D]):
    """One event of a log: mostly one line."""

    __slots__ = ("_payload",)

    _payload: D

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the line with its message decoded.

        Raises:
            EventError: The message is not JSON, or does not fit.
        """
        line = cls(raw)
        object.__setattr__(line, "_payload", payload.of_text(raw["message"], "event.message"))
        return line

    @property
    def message(self) -> str:
        """The line's text."""
        return str(self.raw["message"])

    @property
    def payload(self) -> D:
        """The message decoded: a `D` in `events.CloudWatchLogs[D]`, otherwise what JSON it is."""
        try:
            return self._payload
        except AttributeError:
            import json

            value: D = json.loads(self.message)
            return value

    @property
    def id(self) -> str:
        """The line's id, the same when it is delivered again."""
        return str(self.raw["id"])

    @property
    def logged_at(self) -> float:
        """When it was logged, in seconds since 1970."""
        return float(self.raw["timestamp"]) / 1000

    @property
    def extracted_fields(self) -> Mapping[str, str]:
        """What a pattern of fields such as `[ip, user, ...]` found; empty for other patterns."""
        return self.raw.get("extractedFields") or {}


class CloudWatchLogs(Event, Generic[D]):
    """Lines of one log stream, unpacked when first asked for.

    `CloudWatchLogs[Entry]` decodes each line, which has to be JSON, to an `Entry` first.
    """

    __slots__ = ("_records", "_unpacked")

    _records: list[LogLine[D]]
    _unpacked: dict[str, Any]

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is one of a subscription: only those hold `awslogs`."""
        return isinstance(raw, dict) and isinstance(raw.get("awslogs"), dict)

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event with all of its lines decoded; a test of CloudWatch's has none.

        Raises:
            EventError: A line is not JSON, or does not fit.
        """
        event = cls(raw)
        found = () if event.is_test else event.content["logEvents"]
        lines = [LogLine.typed(line, payload) for line in found]
        object.__setattr__(event, "_records", lines)
        return event

    @property
    def content(self) -> Mapping[str, Any]:
        """All that was packed.

        Raises:
            EventError: It cannot be unpacked.
        """
        try:
            return self._unpacked
        except AttributeError:
            unpacked = _unpacked(self.raw["awslogs"]["data"])
            object.__setattr__(self, "_unpacked", unpacked)
            return unpacked

    @property
    def records(self) -> list[LogLine[D]]:
        """The lines, in the order of the stream."""
        try:
            return self._records
        except AttributeError:
            return [LogLine(line) for line in self.content["logEvents"]]

    @property
    def log_group(self) -> str:
        """The log group's name."""
        return str(self.content["logGroup"])

    @property
    def log_stream(self) -> str:
        """The log stream's name."""
        return str(self.content["logStream"])

    @property
    def owner(self) -> str:
        """The account that the log is of."""
        return str(self.content["owner"])

    @property
    def filters(self) -> list[str]:
        """The names of the subscription filters that picked the lines."""
        return list(self.content.get("subscriptionFilters") or ())

    @property
    def is_test(self) -> bool:
        """Whether CloudWatch Logs only tries whether it may invoke the function."""
        return bool(self.content.get("messageType") == "CONTROL_MESSAGE")


def _unpacked(packed: str) -> dict[str, Any]:
    from zlib import decompress, error

    try:
        content = decompress(bytes_of_base64(packed, _LOGS_WHERE), _GZIP)
    except error:
        refuse("not valid gzip", _LOGS_WHERE)
    return object_of_json(text_of_bytes(content, _LOGS_WHERE), _LOGS_WHERE)
