"""`dumps` against the standard library's writer, and the rules of AWS's client beyond it."""

from __future__ import annotations

import enum
import json
from collections import OrderedDict, UserDict
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text() | st.text(alphabet='aé"\\\n\t/\u2028😀\x7f\x00')
KEYS = TEXT | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner) | st.tuples(inner, inner),
    max_leaves=30,
)


class Point(NamedTuple):
    x: int
    y: list[int]


class Colour(enum.Enum):
    RED = 1


class Size(enum.IntEnum):
    BIG = 3


class Name(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "not this"


class Ratio(float):
    def __repr__(self) -> str:
        return "not this"


class Doubled(dict[str, int]):
    def items(self) -> Any:
        return [(key, value * 2) for key, value in super().items()]


class Record:
    def _asdict(self) -> dict[str, Any]:
        return {"id": 1, "tags": ("a",)}


class Growing:
    """Changes the dict it stands in, while that is written."""

    def __init__(self) -> None:
        self.around: dict[str, Any] = {}

    def _asdict(self) -> dict[str, Any]:
        self.around["more"] = 1
        return {}


@given(VALUES)
def test_writes_what_the_standard_library_writes(core: Any, value: Any) -> None:
    assert core.dumps(value) == json.dumps(value, ensure_ascii=False).encode()


@given(st.floats())
def test_floats_are_pythons_own(core: Any, number: float) -> None:
    assert core.dumps(number) == json.dumps(number).encode()


@given(VALUES)
def test_what_it_writes_it_reads(core: Any, value: Any) -> None:
    text = core.dumps(value)
    if b"NaN" not in text and b"Infinity" not in text:
        assert core.loads(text) == json.loads(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e16, "1e+16"),
        (1e-05, "1e-05"),
        (-0.0, "-0.0"),
        (5e-324, "5e-324"),
        (123456789012345680.0, "1.2345678901234568e+17"),
        (10**30, "1" + "0" * 30),
        (Decimal("1E+2"), "1E+2"),
        (Decimal("1.10"), "1.10"),
        (Decimal("-NaN"), "NaN"),
        (Decimal("sNaN"), "NaN"),
        (Decimal("-Infinity"), "-Infinity"),
        (Point(1, [2]), '{"x": 1, "y": [2]}'),
        (Record(), '{"id": 1, "tags": ["a"]}'),
        (OrderedDict(b=1, a=2), '{"b": 1, "a": 2}'),
        (Doubled(a=1), '{"a": 2}'),
        (Size.BIG, "3"),
        ({Size.BIG: Size.BIG}, '{"3": 3}'),
        (Name("own"), '"own"'),
        (Ratio(0.5), "0.5"),
        (b"caf\xc3\xa9", '"café"'),
        ({b"k": b"v"}, '{"k": "v"}'),
        ({1.5: 1, None: 2, True: 3, 7: 4}, '{"1.5": 1, "null": 2, "true": 3, "7": 4}'),
        ({1: 1, "1": 2}, '{"1": 1, "1": 2}'),
        ("a/\u2028\x7f", '"a/\u2028\x7f"'),
    ],
)
def test_writes_as_aws_client(core: Any, value: object, text: str) -> None:
    assert core.dumps(value).decode() == text


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (datetime.now(tz=UTC), "Object of type datetime is not JSON serializable"),
        (UUID(int=1), "Object of type UUID is not JSON serializable"),
        ({1, 2}, "Object of type set is not JSON serializable"),
        (Colour.RED, "Object of type Colour is not JSON serializable"),
        (UserDict(a=1), "Object of type UserDict is not JSON serializable"),
        (bytearray(b"a"), "Object of type bytearray is not JSON serializable"),
        (range(3), "Object of type range is not JSON serializable"),
        ([iter(())], "Object of type tuple_iterator is not JSON serializable"),
        ({Decimal(1): 1}, "keys must be str, int, float, bool or None, not Decimal"),
        ({(1, 2): 1}, "keys must be str, int, float, bool or None, not tuple"),
    ],
)
def test_refuses_in_the_words_of_aws_client(core: Any, value: object, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        core.dumps(value)
    assert str(caught.value) == message


def in_itself() -> list[Callable[[], Any]]:
    def of_list() -> Any:
        value: list[Any] = [1]
        value.append(value)
        return value

    def of_dict() -> Any:
        value: dict[str, Any] = {}
        value["a"] = [value]
        return value

    def of_subclass() -> Any:
        value = OrderedDict[str, Any]()
        value["a"] = (value,)
        return value

    return [of_list, of_dict, of_subclass]


@pytest.mark.parametrize("make", in_itself())
def test_notices_a_value_in_itself(core: Any, make: Callable[[], Any]) -> None:
    with pytest.raises(ValueError, match=r"^Circular reference detected$"):
        core.dumps(make())


def test_a_value_may_stand_in_two_places(core: Any) -> None:
    shared = [1]
    assert core.dumps([shared, shared]) == b"[[1], [1]]"


def test_depth_is_limited(core: Any) -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    assert core.dumps(value) == b"[" * 5000 + b"1" + b"]" * 5000
    with pytest.raises(RecursionError, match="while encoding a JSON object"):
        core.dumps([value])


def test_refuses_lone_surrogates(core: Any) -> None:
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        core.dumps(["\ud800"])


def test_refuses_bytes_that_are_no_text(core: Any) -> None:
    with pytest.raises(UnicodeDecodeError):
        core.dumps({"a": b"\xff"})


def test_a_dict_that_grows_meanwhile_is_an_error(core: Any) -> None:
    growing = Growing()
    growing.around["first"] = growing
    with pytest.raises(RuntimeError, match="changed size during iteration"):
        core.dumps(growing.around)


def test_errors_of_a_value_come_through(core: Any) -> None:
    class Broken:
        def _asdict(self) -> dict[str, Any]:
            raise KeyError("reason")

    with pytest.raises(KeyError, match="reason"):
        core.dumps([Broken()])


def test_a_wrong_asdict_is_a_type_error(core: Any) -> None:
    class Wrong:
        def _asdict(self) -> int:
            return 1

    with pytest.raises(TypeError, match="must return a dict, not int"):
        core.dumps(Wrong())
