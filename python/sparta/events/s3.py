"""S3 events: one type over both shapes AWS sends.

`bucket.created()` delivers through EventBridge (one object per event, key as it is); a bucket's own
notification delivers `Records` (keys percent-encoded). Sources:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

from __future__ import annotations

from sparta.events.event import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def unquote_plus(text: str) -> str:
    """Undo the encoding of keys in S3 notifications: `+` is a space, `%xx` a byte of UTF-8.

    The standard library's function would import `re` at a cold start.
    """
    first, *rest = text.replace("+", " ").encode().split(b"%")
    decoded = bytearray(first)
    for piece in rest:
        try:
            decoded.append(int(piece[:2], 16))
            decoded += piece[2:]
        except ValueError:
            decoded += b"%" + piece
    return decoded.decode("utf-8", "replace")


class S3Record(Event):
    """One object that something happened to, whichever way the event came."""

    __slots__ = ()

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return str(self._detail["bucket"]["name"])

    @property
    def key(self) -> str:
        """The object's key, decoded."""
        key = str(self._detail["object"]["key"])
        return unquote_plus(key) if "s3" in self.raw else key

    @property
    def size_bytes(self) -> int:
        """The object's size in bytes; 0 where the event carries none."""
        return int(self._detail["object"].get("size", 0))

    @property
    def etag(self) -> str:
        """The object's entity tag; empty where the event carries none."""
        found = self._detail["object"]
        return str(found.get("etag") or found.get("eTag") or "")

    @property
    def version_id(self) -> str | None:
        """The object's version in a versioned bucket."""
        found = self._detail["object"]
        version: str | None = found.get("version-id") or found.get("versionId")
        return version

    @property
    def event_name(self) -> str:
        """What happened: `Object Created` (EventBridge) or `ObjectCreated:Put` (notification)."""
        return str(self.raw.get("eventName") or self.raw.get("detail-type") or "")

    @property
    def reason(self) -> str:
        """The call behind it, such as `PutObject`, or `Lifecycle Expiration`; EventBridge only."""
        return str(self._detail.get("reason") or "")

    @property
    def deletion_type(self) -> str:
        """`Permanently Deleted` or `Delete Marker Created`; empty for other events."""
        return str(self._detail.get("deletion-type") or "")

    @property
    def storage_class(self) -> str:
        """Where it is now or was restored from, such as `GLACIER`; empty where not told."""
        found = self._detail
        told = found.get("destination-storage-class") or found.get("source-storage-class")
        return str(told or "")

    @property
    def restored_until(self) -> str:
        """When the restored copy goes, ISO 8601 in UTC; empty for other events."""
        return str(self._detail.get("restore-expiry-time") or "")

    @property
    def sequencer(self) -> str:
        """Orders the events of one key: compare as hexadecimal numbers; empty where not told."""
        return str(self._detail["object"].get("sequencer") or "")

    @property
    def _detail(self) -> dict[str, Any]:
        detail: dict[str, Any] = self.raw.get("s3") or self.raw["detail"]
        return detail


class S3(Event):
    """What happened to objects in a bucket."""

    __slots__ = ()
    sources = ("aws:s3", "aws.s3")

    @property
    def records(self) -> list[S3Record]:
        """The objects; exactly one where the event came through EventBridge."""
        if "Records" in self.raw:
            return [S3Record(record) for record in self.raw["Records"]]
        return [S3Record(self.raw)]
