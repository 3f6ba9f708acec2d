"""Events with a typed part of their own: what `Order` in `events.EventBridge[Order]` asks for."""

from __future__ import annotations

from sparta.errors import EventError
from sparta.events.event import source_of
from sparta.runtime.codec import InvalidJsonError, value_of_json
from sparta.runtime.decode import decode, word_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from sparta.events.event import Event
    from sparta.runtime.schema import Schema


class TypedPayload:
    """Decodes the typed part of an event.

    Args:
        schema: What it has to be, see `sparta.runtime.schema`.
    """

    __slots__ = ("schema",)

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def of(self, value: object, path: str) -> Any:  # noqa: ANN401 - what the schema says
        """Return decoded JSON as the schema wants it; raise EventError where it does not fit."""
        return decode(self.schema, value, path)

    def of_text(self, text: object, path: str) -> Any:  # noqa: ANN401 - what the schema says
        """Return the value of a JSON text as the schema wants it, or raise EventError."""
        if type(text) is not str:
            raise EventError(f"expected str, got {word_of(text)}", where=path)
        try:
            value = value_of_json(text)
        except InvalidJsonError as error:
            raise EventError(f"not valid JSON: {error}", where=path) from None
        return decode(self.schema, value, path)


class TypedEvent:
    """Makes events of one class, with their typed part decoded.

    Args:
        event_class: The class, of `sparta.events`.
        schema: What its typed part has to be.
    """

    __slots__ = ("event_class", "payload")

    def __init__(self, event_class: type[Event], schema: Schema) -> None:
        self.event_class = event_class
        self.payload = TypedPayload(schema)

    def __call__(self, raw: Any) -> Event:  # noqa: ANN401 - any JSON
        """Return the event, or raise EventError where it or its typed part does not fit."""
        if not self.event_class.is_one(raw):
            source = source_of(raw) or "no source"
            what = f"expected {self.event_class.__name__}, got an event of {source}"
            raise EventError(what, where="event")
        return self.event_class.typed(raw, self.payload)
