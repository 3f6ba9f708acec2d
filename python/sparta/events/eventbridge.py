"""EventBridge events: the envelope that every rule hands over, and its detail, typed.

https://docs.aws.amazon.com/eventbridge/latest/userguide/aws-events.html
"""

from __future__ import annotations

from sparta.events.event import Event
from sparta.model.generic import D, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from sparta.events.event import Payload


class EventBridge(Event, Generic[D]):
    """One event of a bus. `EventBridge[Order]` decodes the detail to an `Order` first."""

    __slots__ = ("_detail",)

    _detail: D

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401 - any JSON
        """Say whether a raw event has EventBridge's envelope, and the sources of this class."""
        fits = isinstance(raw, dict) and "detail-type" in raw
        return fits and (not cls.sources or raw.get("source") in cls.sources)

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event with its detail decoded.

        Raises:
            EventError: The detail does not fit.
        """
        event = cls(raw)
        detail = raw.get("detail") if isinstance(raw, dict) else raw
        object.__setattr__(event, "_detail", payload.of(detail, "event.detail"))
        return event

    @property
    def detail(self) -> D:
        """What happened, as its source says it; plain JSON where no type was named."""
        try:
            return self._detail
        except AttributeError:
            detail: D = self.raw["detail"]
            return detail

    @property
    def detail_type(self) -> str:
        """What kind of thing happened, such as `Order Placed`."""
        return str(self.raw["detail-type"])

    @property
    def source(self) -> str:
        """Who says so, such as `aws.ec2` or `com.example.orders`."""
        return str(self.raw["source"])

    @property
    def id(self) -> str:
        """The event's id; the same for every rule it matches, and when it is delivered again."""
        return str(self.raw["id"])

    @property
    def time(self) -> str:
        """When it happened, ISO 8601 in UTC."""
        return str(self.raw["time"])

    @property
    def account(self) -> str:
        """The account it comes from."""
        return str(self.raw["account"])

    @property
    def region(self) -> str:
        """The region it comes from."""
        return str(self.raw["region"])

    @property
    def resources(self) -> list[str]:
        """The ARNs it is about, as far as its source names any."""
        return list(self.raw.get("resources") or ())

    @property
    def replay_name(self) -> str | None:
        """The replay of an archive that sent it again; None the first time."""
        name: str | None = self.raw.get("replay-name")
        return name
