"""IoT events: what the SQL of a topic rule selects from a message.

https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html
"""

from __future__ import annotations

from sparta.events.event import Event
from sparta.model.generic import D, Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

    from sparta.events.event import Payload


class Iot(Event, Generic[D]):
    """One message, as the rule's SELECT makes it. `Iot[Reading]` decodes it to a `Reading` first.

    Nothing in it tells that it comes from IoT: beside other events of a handler it takes what
    none of those is.
    """

    __slots__ = ("_message",)

    _message: D

    @classmethod
    def is_one(cls, raw: Any) -> bool:  # noqa: ANN401, ARG003 - any JSON
        """Any JSON may be one."""
        return True

    @classmethod
    def typed(cls, raw: Any, payload: Payload) -> Self:  # noqa: ANN401 - any JSON
        """Return the event with its message decoded.

        Raises:
            EventError: The message does not fit.
        """
        event = cls(raw)
        object.__setattr__(event, "_message", payload.of(raw, "event"))
        return event

    @property
    def message(self) -> D:
        """What the rule selected; plain JSON where no type was named."""
        try:
            return self._message
        except AttributeError:
            message: Any = self.raw
            return message  # type: ignore[no-any-return]
