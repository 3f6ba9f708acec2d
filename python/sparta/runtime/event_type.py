"""What a handler's first parameter asks for: a raw event, an events class, a model, a request."""

from __future__ import annotations

from sparta.errors import DeclarationError, EventError
from sparta.events.event import Event, source_of
from sparta.model.request import Request
from sparta.runtime.annotation import annotation_text, evaluated
from sparta.runtime.decode import decode
from sparta.runtime.fields import foreign_conversion
from sparta.runtime.schema import is_union, schema_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sparta.runtime.annotation import Scope
    from sparta.runtime.records import RecordBatches
    from sparta.runtime.schema import Schema

_EVENT = "event"


class EventWanted:
    """What is done with a raw event before the handler gets it.

    Args:
        event_type: Makes the handler's event of the raw one; None leaves it as it is.
        body_schema: For a request: the schema of its body; None for everything else.
        batches: For a handler of one record: makes a batch of the raw event, and is its event type.
    """

    __slots__ = ("batches", "body_schema", "event_type")

    def __init__(
        self,
        event_type: Callable[[Any], object] | None = None,
        body_schema: Schema | None = None,
        batches: RecordBatches | None = None,
    ) -> None:
        self.event_type = event_type or batches
        self.body_schema = body_schema
        self.batches = batches


RAW_EVENT = EventWanted()


class EventBySource:
    """Wraps a raw event in that one of several events classes whose source it names.

    Args:
        makers: What makes the events, by class; all of `sparta.events`. Those that name sources
            are asked before those that take any.
    """

    __slots__ = ("classes", "makers")

    def __init__(self, makers: dict[type[Event], Callable[[Any], object]]) -> None:
        self.makers = makers
        self.classes = tuple(sorted(makers, key=lambda cls: not cls.sources))

    def __call__(self, raw: Any) -> object:  # noqa: ANN401 - any JSON
        """Return the event, or raise EventError where its source is none of theirs."""
        for cls in self.classes:
            if cls.is_one(raw):
                return self.makers[cls](raw)
        names = " or ".join(cls.__name__ for cls in self.classes)
        source = source_of(raw) or "no source"
        raise EventError(f"expected {names}, got an event of {source}", where=_EVENT)


def event_wanted(annotation: Any, scope: Scope, where: str) -> EventWanted:  # noqa: ANN401
    """Return what the annotation of a handler's first parameter asks for.

    An annotation that cannot be evaluated, or is of no type that Sparta knows, asks for the raw
    event: handlers annotated for AWS's own client keep working.

    Args:
        annotation: The annotation, maybe as text.
        scope: Where names in that text are looked up.
        where: The handler's file and line.

    Raises:
        DeclarationError: It asks for a request or a model that cannot be decoded from JSON.
    """
    try:
        meaning = evaluated(annotation, scope)
    except Exception as error:  # noqa: BLE001 - the text is the user's, and so is what it raises
        return _unreadable(annotation, error, scope, where)
    origin = getattr(meaning, "__origin__", meaning)
    if origin is Request:
        body = getattr(meaning, "__args__", (object,))[0]
        return EventWanted(body_schema=schema_of(body, scope=scope, where=where))
    if event_class(meaning) is not None:
        return _of_events_class(meaning, scope, where)
    if isinstance(meaning, type):
        return EventWanted(_event_type_of_class(meaning, where))
    members: tuple[Any, ...] = meaning.__args__ if is_union(meaning) else ()
    classes = [event_class(member) for member in members]
    if any(cls is not None and cls.is_record for cls in classes):
        raise DeclarationError(
            "a handler of one record takes records of one kind",
            where=where,
            fix="declare a function for each kind, or take the batches: events.Sqs",
        )
    if not members or None in classes:
        return RAW_EVENT
    makers = {
        cls: _event_maker(member, scope, where)
        for cls, member in zip(classes, members, strict=True)
        if cls is not None
    }
    if len(makers) < len(members):
        what = f"no event tells the members of {annotation_text(annotation)} apart"
        raise DeclarationError(what, where=where, fix="name each events class once")
    return EventWanted(EventBySource(makers))


def event_class(annotation: Any) -> type[Event] | None:  # noqa: ANN401 - any annotation
    """Return the events class that an annotation names, alone or as `events.Sns[Order]`."""
    cls = getattr(annotation, "__origin__", annotation)
    return cls if isinstance(cls, type) and issubclass(cls, Event) else None


def _of_events_class(annotation: Any, scope: Scope, where: str) -> EventWanted:  # noqa: ANN401
    cls = event_class(annotation)
    if cls is not None and cls.is_record:
        from sparta.runtime.records import batches_of

        return EventWanted(batches=batches_of(annotation, scope, where))
    return EventWanted(_event_maker(annotation, scope, where))


def _event_maker(annotation: Any, scope: Scope, where: str) -> Callable[[Any], object]:  # noqa: ANN401
    arguments = getattr(annotation, "__args__", ())
    maker: Callable[[Any], object] = annotation
    if arguments:
        from sparta.runtime.typed_event import TypedEvent

        schema = schema_of(arguments[0], scope=scope, where=where)
        maker = TypedEvent(annotation.__origin__, schema)
    return maker


def _event_type_of_class(cls: type, where: str) -> Callable[[Any], object] | None:
    if issubclass(cls, dict):
        return None  # a TypedDict describes the raw event, it does not ask for another one
    if not _is_decoded(cls):
        return None
    schema = schema_of(cls, where=where)
    return lambda raw: decode(schema, raw, _EVENT)


def _is_decoded(cls: type) -> bool:
    from sparta.model.model import Model

    known = issubclass(cls, Model) or hasattr(cls, "__dataclass_fields__")
    return known or foreign_conversion(cls) is not None


def _unreadable(
    annotation: object,
    error: Exception,
    scope: Scope,
    where: str,
) -> EventWanted:
    outer = annotation_text(annotation).partition("[")[0]
    try:
        found = eval(outer, scope[0], scope[1])  # noqa: S307 - as in `evaluated`
    except Exception:  # noqa: BLE001 - as above
        found = None
    if found is Request or event_class(found) is not None:
        raise DeclarationError(
            f"the annotation {annotation_text(annotation)!r} cannot be evaluated: {error}",
            where=where,
            fix="import what it names outside of `if TYPE_CHECKING:`",
        )
    return RAW_EVENT
