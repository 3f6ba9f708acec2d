"""`Generic[...]` and `@overload` for run-time classes, without importing `typing`.

It would cost 3 to 11 ms of a cold start. Type checkers see the real ones; the interpreter sees a
class whose subscription gives a plain alias, as `list[int]` does, with `__origin__` and `__args__`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generic, overload

    from typing_extensions import TypeVar

    B = TypeVar("B", covariant=True)  # noqa: PLC0105 - shown to users as Request[B]
    D = TypeVar("D", covariant=True, default=Any)  # noqa: PLC0105 - shown to users as Sns[D]
    E = TypeVar("E", covariant=True)  # noqa: PLC0105 - shown to users as Trigger[E]
    EventT = TypeVar("EventT")
    ResultT = TypeVar("ResultT", covariant=True)  # noqa: PLC0105 - shown to users
    RecordT = TypeVar("RecordT", covariant=True)  # noqa: PLC0105 - shown to users
    TextT = TypeVar("TextT", covariant=True, default=str)  # noqa: PLC0105 - shown to users
    BytesT = TypeVar("BytesT", covariant=True, default=bytes)  # noqa: PLC0105 - shown to users
    ItemT = TypeVar("ItemT", covariant=True, default=dict[str, Any])  # noqa: PLC0105 - shown to users
    SourceT = TypeVar("SourceT", contravariant=True)  # noqa: PLC0105 - shown to users
    PropertiesT = TypeVar("PropertiesT")
    AttributesT = TypeVar("AttributesT")
    ValueT = TypeVar("ValueT")
else:
    B = D = E = EventT = ResultT = RecordT = TextT = BytesT = ItemT = SourceT = ValueT = None
    PropertiesT = AttributesT = None

    class Generic:
        """Stands in for `typing.Generic`: only subscription is needed at run time."""

        __slots__ = ()
        __class_getitem__ = classmethod(type(list[int]))

    def overload(function):  # noqa: ANN001, ANN201 - only the interpreter sees it
        """Stands in for `typing.overload`."""
        return function


__all__ = [
    "AttributesT",
    "B",
    "BytesT",
    "D",
    "E",
    "EventT",
    "Generic",
    "ItemT",
    "PropertiesT",
    "RecordT",
    "ResultT",
    "SourceT",
    "TextT",
    "ValueT",
    "overload",
]
