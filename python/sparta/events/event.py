"""The base of all events and records: one raw JSON object, read when asked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Protocol, Self

    class Payload(Protocol):
        """Decodes what `T` in an annotation such as `events.EventBridge[T]` stands for."""

        def of(self, value: object, path: str) -> Any:  # noqa: ANN401 - a T
            """Return a `T` of decoded JSON; `path` is what problems call it."""

        def of_text(self, text: object, path: str) -> Any:  # noqa: ANN401 - a T
            """Return a `T` of a JSON text."""


def source_of(raw: Any) -> str:  # noqa: ANN401 - any JSON
    """Return what an event names as its source, in its first record or itself; empty for none."""
    try:
        records = raw.get("Records")
        if records:
            return str(records[0].get("eventSource") or records[0].get("EventSource"))
        return str(raw.get("source") or raw.get("eventSource") or "")
    except (AttributeError, LookupError, TypeError):
        return ""


class Event:
    """One JSON object as AWS sent it.

    Args:
        raw: The decoded JSON; every attribute reads from it.
    """

    __slots__ = ("raw",)

    raw: dict[str, Any]
    sources: ClassVar[tuple[str, ...]] = ()
    """What such an event names as its source: a record's `eventSource`, or EventBridge's."""
    is_record: ClassVar[bool] = False
    """Whether it is one record of a batch of which Lambda takes back those that failed."""

    def __init__(self, raw: dict[str, Any]) -> None:
        object.__setattr__(self, "raw", raw)

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event is of this class: handlers of several triggers ask.

        Classes whose events name no source look at what only theirs have.
        """
        return source_of(raw) in cls.sources

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event whose own part, such as its detail, `payload` has decoded.

        Raises:
            EventError: That part does not fit.
        """
        del payload
        return cls(raw)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.raw == getattr(other, "raw", None)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} event>"
