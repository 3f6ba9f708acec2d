"""DocumentDB events: a batch of changes from a change stream.

https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class DocumentChange(Event):
    """One change; documents are in MongoDB's extended JSON, such as `{"$oid": "63ee"}`."""

    __slots__ = ()

    @property
    def operation(self) -> str:
        """`insert`, `update`, `replace`, `delete`, `drop` and others of MongoDB's."""
        return str(self._change["operationType"])

    @property
    def database(self) -> str:
        """The database's name."""
        return str(self._change["ns"]["db"])

    @property
    def collection(self) -> str:
        """The collection's name; empty where the whole database changed."""
        return str(self._change["ns"].get("coll", ""))

    @property
    def document_key(self) -> Mapping[str, Any]:
        """What identifies the document: `_id`, and its shard key."""
        return self._change.get("documentKey") or {}

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The whole document, where the stream carries it: see the trigger's `full_document`."""
        document: Mapping[str, Any] | None = self._change.get("fullDocument")
        return document

    @property
    def updated_fields(self) -> Mapping[str, Any]:
        """The fields that an update set, with their values."""
        return (self._change.get("updateDescription") or {}).get("updatedFields") or {}

    @property
    def _change(self) -> dict[str, Any]:
        change: dict[str, Any] = self.raw["event"]
        return change


class DocumentDB(Event):
    """A batch of changes of a DocumentDB collection or database."""

    __slots__ = ()
    sources = ("aws:docdb",)

    @property
    def changes(self) -> list[DocumentChange]:
        """The changes, in the order of the change stream."""
        return [DocumentChange(change) for change in self.raw["events"]]
