"""DynamoDB stream events: a batch of changes of a table's items.

https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
"""

from __future__ import annotations

from sparta.events.attribute_value import python_item
from sparta.events.event import Event
from sparta.events.record import UNREAD, Record
from sparta.model.generic import Generic, ItemT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class DynamoDBRecord(Record, Generic[ItemT]):
    """One change of one item, attributes as Python values: see `sparta.events.attribute_value`.

    `DynamoDBRecord[Order]` as a handler's argument has both images decoded and checked. A test
    that makes one gives them as a pair: `DynamoDBRecord(raw, (new_image, old_image))`.
    """

    __slots__ = ()
    sources = ("aws:dynamodb",)
    form = "images"

    if TYPE_CHECKING:

        def __init__(
            self, raw: dict[str, Any], content: tuple[ItemT | None, ItemT | None] = ...
        ) -> None: ...

    @property
    def event_name(self) -> str:
        """`INSERT`, `MODIFY` or `REMOVE`."""
        return str(self.raw["eventName"])

    @property
    def keys(self) -> dict[str, Any]:
        """The item's key."""
        return python_item(self.raw["dynamodb"].get("Keys") or {})

    @property
    def new_image(self) -> ItemT | None:
        """The item after the change, where the stream carries it."""
        image: ItemT | None = self._image("NewImage", 0)
        return image

    @property
    def old_image(self) -> ItemT | None:
        """The item before the change, where the stream carries it."""
        image: ItemT | None = self._image("OldImage", 1)
        return image

    def _image(self, name: str, place: int) -> Any:  # noqa: ANN401 - as annotated
        if self._content is not UNREAD:
            return self._content[place]
        image = self.raw["dynamodb"].get(name)
        return None if image is None else python_item(image)

    @property
    def sequence_number(self) -> str:
        """The change's place in its shard, which partial batch failures name."""
        return str(self.raw["dynamodb"]["SequenceNumber"])

    @property
    def item_identifier(self) -> str:
        """The sequence number."""
        return str(self.raw["dynamodb"].get("SequenceNumber", ""))

    @property
    def changed_at(self) -> float:
        """About when the item changed, in seconds since 1970."""
        return float(self.raw["dynamodb"].get("ApproximateCreationDateTime", 0))

    @property
    def is_expiry(self) -> bool:
        """Whether DynamoDB itself removed the item, because its time to live was over."""
        identity = self.raw.get("userIdentity") or {}
        return identity.get("principalId") == "dynamodb.amazonaws.com"


class DynamoDB(Event):
    """A batch of changes of a table."""

    __slots__ = ()
    sources = ("aws:dynamodb",)

    @property
    def records(self) -> list[DynamoDBRecord]:
        """The changes, in the order of the stream's shard."""
        return [DynamoDBRecord(record) for record in self.raw["Records"]]

    @property
    def state(self) -> Mapping[str, Any]:
        """What the handler returned for the batch before, in a tumbling window."""
        return self.raw.get("state") or {}
