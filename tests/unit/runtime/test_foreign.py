"""Classes of other libraries that decode themselves; each test needs its library."""

from __future__ import annotations

import pytest

from sparta.errors import EventError
from sparta.runtime.decode import decode
from sparta.runtime.handler import handler_of
from sparta.runtime.schema import schema_of

msgspec = pytest.importorskip("msgspec")
pydantic = pytest.importorskip("pydantic")


class Struct(msgspec.Struct):  # type: ignore[name-defined,misc]
    qty: int


class Base(pydantic.BaseModel):  # type: ignore[name-defined,misc]
    qty: int
    names: list[str] = []  # noqa: RUF012 - pydantic copies it


def test_msgspec_decodes_its_own() -> None:
    schema = schema_of(list[Struct])
    assert decode(schema, [{"qty": 1}], "body") == [Struct(qty=1)]
    with pytest.raises(EventError) as caught:
        decode(schema, [{"qty": 1}, {"qty": "1"}], "body")
    assert str(caught.value) == "body[1]: Expected `int`, got `str` - at `$.qty`"


def test_pydantic_decodes_its_own() -> None:
    schema = schema_of(Base)
    assert decode(schema, {"qty": "1"}, "body") == Base(qty=1)
    with pytest.raises(EventError) as caught:
        decode(schema, {"names": ["a", 1]}, "body")
    assert str(caught.value) == (
        "body: qty: Field required; names.1: Input should be a valid string"
    )


def test_they_are_events_too() -> None:
    def book(event: Struct) -> int:
        return int(event.qty)

    make = handler_of(book).event_type
    assert make
    assert make({"qty": 2}) == Struct(qty=2)
    with pytest.raises(EventError, match=r"^event: Expected `int`, got `str`"):
        make({"qty": "2"})
