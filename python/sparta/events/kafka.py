"""Kafka events: a batch of records, of MSK or of a Kafka of one's own.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html
"""

from __future__ import annotations

from sparta.events.encoded import bytes_of_base64
from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class KafkaRecord(Event):
    """One record of a topic."""

    __slots__ = ()

    @property
    def topic(self) -> str:
        """The topic's name."""
        return str(self.raw["topic"])

    @property
    def partition(self) -> int:
        """The number of its partition."""
        return int(self.raw["partition"])

    @property
    def offset(self) -> int:
        """Its place in the partition."""
        return int(self.raw["offset"])

    @property
    def timestamp_ms(self) -> int:
        """When it was made, or appended (see `timestampType`), in ms since 1970."""
        return int(self.raw.get("timestamp", 0))

    @property
    def key(self) -> bytes | None:
        """The record's key, where it has one."""
        return self._bytes("key")

    @property
    def value(self) -> bytes | None:
        """The record's value; None marks a deleted key."""
        return self._bytes("value")

    @property
    def headers(self) -> Mapping[str, bytes]:
        """The headers; of a name that comes twice, the last."""
        found = {}
        for header in self.raw.get("headers") or ():
            for name, numbers in header.items():
                # Java's bytes are signed.
                found[name] = bytes(number & 0xFF for number in numbers)
        return found

    def _bytes(self, name: str) -> bytes | None:
        text: Any = self.raw.get(name)
        return None if text is None else bytes_of_base64(text, name)


class Kafka(Event):
    """A batch of records, of one or more partitions."""

    __slots__ = ()
    sources = ("aws:kafka", "SelfManagedKafka")

    @property
    def partitions(self) -> Mapping[str, list[KafkaRecord]]:
        """The records by partition, `topic-number`, each in the partition's order."""
        batches = self.raw["records"]
        return {name: [KafkaRecord(each) for each in batches[name]] for name in batches}

    @property
    def records(self) -> list[KafkaRecord]:
        """All records, partition after partition."""
        return [record for records in self.partitions.values() for record in records]

    @property
    def bootstrap_servers(self) -> list[str]:
        """The cluster's servers, `host:port`."""
        text = str(self.raw.get("bootstrapServers", ""))
        return text.split(",") if text else []
