"""Handlers with `json="extended"`, and values of every sort it writes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import pathlib
import uuid
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import sparta

if TYPE_CHECKING:
    from collections.abc import Callable

AT = dt.datetime(2026, 1, 2, 3, 4, 5, 600, tzinfo=dt.UTC)
ID = uuid.UUID(int=255)


class Shade(enum.Enum):
    DARK = "dark"
    DATED = dt.date(2026, 1, 2)


class Level(enum.IntEnum):
    LOW = 1


@dataclasses.dataclass(frozen=True)
class Point:
    unit: ClassVar[str] = "m"
    x: Any
    y: Any = None


@dataclasses.dataclass(slots=True)
class Slotted:
    at: dt.datetime


class Item(sparta.Model):
    made: dt.date
    where: Point


class Pair(NamedTuple):
    left: Any
    right: Any


class Text(str):
    __slots__ = ()


def circle() -> list[Any]:
    found: list[Any] = []
    found.append(Point(found))
    return found


VALUES: dict[str, Callable[[], Any]] = {
    "plain": lambda: {"a": [1, 1.5, True, None, "é"], "b": ()},
    "times": lambda: [AT, dt.date(2026, 1, 2), dt.time(3, 4), AT.replace(tzinfo=None)],
    "uuid": lambda: ID,
    "paths": lambda: [pathlib.PurePosixPath("/a/b"), pathlib.Path("c")],
    "bytes": lambda: b"\x00\xff",
    "bytes inside": lambda: [b"\x00\xff", bytearray(b"foo"), b""],
    "sets": lambda: [{1}, frozenset({ID}), set()],
    "dataclasses": lambda: [Point(Point(1), {ID}), Slotted(AT)],
    "model": lambda: {"item": Item(made=AT.date(), where=Point(b"f"))},
    "named tuple": lambda: Pair(AT, (ID,)),
    "enumerations": lambda: [Shade.DARK, Shade.DATED, Level.LOW],
    "decimals": lambda: [decimal.Decimal("1.10"), {"a": decimal.Decimal("1E+2")}],
    "keys": lambda: {ID: 1, AT.date(): 2, Shade.DARK: 3, Text("t"): 4, b"b": 5, 1.5: 6, None: 7},
    "circle": circle,
    "object": lambda: [object],
    "tuple key": lambda: {(1, 2): 1},
    "dataclass key": lambda: {Point(1): 1},
    "lone surrogate": lambda: Point("\ud800"),
}


def make(event: str) -> Any:
    return VALUES[event]()


def make_body(request: sparta.Request[str]) -> Any:
    return VALUES[request.body]()


def make_response(request: sparta.Request[str]) -> sparta.Response:
    return sparta.Response(VALUES[request.body](), status=201, headers={"x-a": "b"})


async def make_later(event: str) -> Any:
    return VALUES[event]()


value = sparta.Function(make, json="extended")
body = sparta.Function(make_body, json="extended")
response = sparta.Function(make_response, json="extended")
later = sparta.Function(make_later, json="extended")
