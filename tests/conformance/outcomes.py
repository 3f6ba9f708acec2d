"""Handlers that return, or raise, one Python value of every sort, by name."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import decimal
import enum
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import sparta

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pair(NamedTuple):
    left: Any
    right: Any


class Recorded:
    """An object that says itself what its fields are."""

    def _asdict(self) -> dict[str, Any]:
        return {"recorded": True, "inner": Pair(1, None)}


class Item(sparta.Model):
    sku: str
    more: Item | None = None


@dataclasses.dataclass
class Plain:
    x: int = 1


class Level(enum.IntEnum):
    LOW = 1


class Color(enum.StrEnum):
    RED = "red"


class Shade(enum.Enum):
    DARK = "dark"


class Text(str):
    """A str of another class."""

    __slots__ = ()


class Whole(int):
    """An int of another class, with a text of its own."""

    def __repr__(self) -> str:
        return "whole"

    __str__ = __repr__


class Real(float):
    """A float of another class, with a text of its own."""

    def __repr__(self) -> str:
        return "real"

    __str__ = __repr__


class Mapped(dict[str, Any]):
    """A dict of another class."""


class Listed(list[Any]):
    """A list of another class."""


def generated() -> Iterator[int]:
    yield 1


async def coroutine() -> int:
    return 1


def circle() -> list[Any]:
    found: list[Any] = []
    found.append({"again": found})
    return found


def nested(depth: int) -> list[Any]:
    found: list[Any] = []
    for _ in range(depth):
        found = [found]
    return found


RESULTS: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "booleans": lambda: [True, False],
    "text": lambda: 'quote " backslash \\ slash / tab \t line \n bell \x07 delete \x7f',
    "unicode": lambda: "é 你 😀 \u2028 \u2029 \ufeff \x80",
    "whole numbers": lambda: [0, -1, 2**53, 2**63, 2**64, -(10**40)],
    "real numbers": lambda: [0.0, -0.0, 1.0, 0.1, 1e16, 1e-7, 1.5e300, 5e-324, 123456789.125],
    "not numbers": lambda: [float("nan"), float("inf"), float("-inf")],
    "decimals": lambda: [decimal.Decimal(text) for text in ("1.10", "1E+2", "0", "-0.0", "1e-9")],
    "odd decimals": lambda: [decimal.Decimal(text) for text in ("NaN", "-NaN", "Infinity")],
    "tuples": lambda: ((1, 2), [(), (3,)]),
    "named tuple": lambda: Pair(Pair(1, 2), [Pair("a", None)]),
    "asdict": Recorded,
    "model": lambda: Item(sku="a", more=Item(sku="é")),
    "model inside": lambda: {"items": [Item(sku="a")]},
    "keys": lambda: {
        1: "int",
        1.5: "float",
        False: "bool",
        None: "none",
        "s": "str",
        b"b": "bytes",
    },
    "bytes inside": lambda: {"text": b"caf\xc3\xa9"},
    "bytes": lambda: b"\x00raw\xff",
    "empty": lambda: [{}, [], "", ()],
    "enumerations": lambda: [Level.LOW, Color.RED, {Color.RED: Level.LOW}],
    "subclasses": lambda: [Text("t"), Whole(3), Real(1.5), Mapped(a=1), Listed([1])],
    "ordered": lambda: collections.OrderedDict([("b", 1), ("a", 2)]),
    "counter": lambda: collections.Counter("aab"),
    "status": lambda: {"statusCode": 200, "body": "as it is"},
    "deep": lambda: nested(150),
    "large": lambda: "é" * 3_000_000,
    "set": lambda: {1},
    "range": lambda: range(3),
    "bytearray": lambda: bytearray(b"a"),
    "generator": generated,
    "coroutine": coroutine,
    "datetime": lambda: {"at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)},
    "uuid": lambda: [uuid.UUID(int=1)],
    "dataclass": Plain,
    "plain enumeration": lambda: [Shade.DARK],
    "complex": lambda: 1j,
    "object": object,
    "function": lambda: len,
    "decimal key": lambda: {decimal.Decimal(1): 1},
    "tuple key": lambda: {(1, 2): 1},
    "circle": circle,
    "too deep": lambda: nested(100_000),
    "too large": lambda: "x" * 6_300_000,
    "lone surrogate": lambda: "\ud800",
    "bytes that are no text": lambda: [b"\xff"],
}


def result(event: str) -> Any:
    return RESULTS[event]()


class OrderError(Exception):
    """An application's own error."""


class FatalError(BaseException):
    """No Exception, so that it ends the process."""


class ExitError(SystemExit):
    """An application's own way to leave."""


class SilentError(Exception):
    """An error without a text."""

    def __str__(self) -> str:
        return ""


def with_cause() -> NoReturn:
    empty: dict[str, int] = {}
    try:
        empty.pop("inner")
    except KeyError as error:
        raise OrderError("outer") from error
    raise AssertionError


def first() -> NoReturn:
    second()


def second() -> NoReturn:
    raise OrderError("deep down")


def endless() -> int:
    return endless() + 1


def group() -> NoReturn:
    raise ExceptionGroup("several", [ValueError("a"), KeyError("b")])


def at_run_time() -> NoReturn:
    exec(compile("raise OrderError('compiled')", "<text>", "exec"), {"OrderError": OrderError})
    raise AssertionError


def noted() -> NoReturn:
    error = OrderError("with a note")
    error.add_note("the note")
    raise error


ERRORS: dict[str, Callable[[], Any]] = {
    "with cause": with_cause,
    "from below": first,
    "endless": endless,
    "group": group,
    "at run time": at_run_time,
    "noted": noted,
}
RAISED: dict[str, BaseException] = {
    "value": ValueError("bad value"),
    "key": KeyError("a"),
    "own": OrderError("own"),
    "silent": SilentError("never seen"),
    "no text": OrderError(),
    "several arguments": OrderError("a", 1),
    "unicode": OrderError("é 你 😀 \u2028"),
    "lines": OrderError("one\ntwo\n\tthree"),
    "stop": StopIteration("end"),
    "memory": MemoryError(),
    "event": sparta.EventError("the user's own", where="somewhere"),
    "surrogate": OrderError("\ud800"),
    "interrupt": KeyboardInterrupt(),
    "no exception": FatalError("lost è"),
    "closed": GeneratorExit(),
    "own exit": ExitError(5),
}


def fail(event: str) -> Any:
    if event in ERRORS:
        return ERRORS[event]()
    raise RAISED[event].with_traceback(None)


def refuse() -> NoReturn:
    raise ValueError("from below")


refusing = sparta.Function(refuse)


def below_sparta() -> NoReturn:
    refusing()
