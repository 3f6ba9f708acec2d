"""DynamoDB stream events.

https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class DynamoDBRecord(Event):
    """One change of one item; attribute values stand in DynamoDB's own form, `{"S": "text"}`."""

    __slots__ = ()

    @property
    def event_name(self) -> str:
        """`INSERT`, `MODIFY` or `REMOVE`."""
        return str(self.raw["eventName"])

    @property
    def keys(self) -> Mapping[str, Any]:
        """The item's key."""
        return self.raw["dynamodb"].get("Keys") or {}

    @property
    def new_image(self) -> Mapping[str, Any] | None:
        """The item after the change, where the stream carries it."""
        image: Mapping[str, Any] | None = self.raw["dynamodb"].get("NewImage")
        return image

    @property
    def old_image(self) -> Mapping[str, Any] | None:
        """The item before the change, where the stream carries it."""
        image: Mapping[str, Any] | None = self.raw["dynamodb"].get("OldImage")
        return image


class DynamoDB(Event):
    """A batch of changes of a table."""

    __slots__ = ()
    sources = ("aws:dynamodb",)

    @property
    def records(self) -> list[DynamoDBRecord]:
        """The changes, in the order of the stream's shard."""
        return [DynamoDBRecord(record) for record in self.raw["Records"]]
