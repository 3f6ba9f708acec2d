"""Typed decoding in Rust gives what typed decoding in Python gives: values, problems, texts."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.errors import EventError
from sparta.model.model import Model
from sparta.runtime.decode import decode
from sparta.runtime.schema import schema_of


class Item(Model):
    sku: str
    qty: int = 1
    note: str | None = None


class Order(Model):
    id: str
    items: list[Item]
    total: float
    tags: dict[str, str | int]
    kind: Literal["new", 'a"b\\c', 3, True] | None
    parent: Order | None = None


@dataclass(frozen=True)
class Strict:
    name: str
    size: int = 1
    parts: tuple[int, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size: must not be negative")


class Colour(enum.Enum):
    RED = "red"


SCHEMAS = [
    schema_of(annotation)
    for annotation in (
        Any,
        str,
        int,
        float,
        bool,
        None,
        bytes,
        list[int],
        tuple[float, ...],
        dict[str, bool],
        int | str | None,
        list[int] | dict[str, int],
        Item | Strict,
        Colour,
        Colour | int,
        Strict,
        Order,
        list[Order],
    )
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats(allow_nan=False)
    | st.sampled_from(["new", "red", 'a"b\\c', "é", "\ud800"])
)
NAMES = st.sampled_from(["id", "items", "total", "tags", "kind", "parent", "sku", "qty", "size"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.just("name"), inner),
    max_leaves=20,
)
ORDERS = st.fixed_dictionaries(
    {"id": st.text(), "items": st.lists(VALUES), "total": SCALARS, "tags": VALUES, "kind": SCALARS},
    optional={"parent": VALUES},
)


def outcome(decoder: Any, schema: Any, value: Any) -> Any:
    """The value with its types, or the texts of all problems."""
    try:
        return repr(decoder(schema, value, "body"))
    except EventError as error:
        return [str(problem) for problem in error.problems]


@given(st.sampled_from(SCHEMAS), VALUES | ORDERS | st.lists(ORDERS))
def test_agrees_with_python(core: Any, schema: Any, value: Any) -> None:
    assert outcome(core.decode, schema, value) == outcome(decode, schema, value)


def test_reports_all_problems_with_their_places(core: Any) -> None:
    value = {"items": [{"sku": 1}, {}], "total": "1", "tags": {"a": []}, "kind": "old", "x": 1}
    assert outcome(core.decode, schema_of(Order), value) == [
        "body.id: missing",
        "body.items[0].sku: expected str, got int",
        "body.items[1].sku: missing",
        "body.total: expected float, got str",
        "body.tags.a: expected str or int, got array",
        'body.kind: expected one of "new", "a\\"b\\\\c", 3, true',
    ]


def test_problems_are_limited(core: Any) -> None:
    problems = outcome(core.decode, schema_of(list[int]), ["x"] * 1_000_000)
    assert len(problems) == 100
    assert problems[-1] == "body[99]: expected int, got str"


def test_makes_the_objects_of_the_schema(core: Any) -> None:
    order = core.decode(
        schema_of(Order),
        {
            "id": "1",
            "items": [{"sku": "a", "qty": 2, "extra": 0}],
            "total": 3,
            "tags": {},
            "kind": 3,
            "parent": {"id": "0", "items": [], "total": 0.5, "tags": {}, "kind": None},
        },
        "body",
    )
    assert order.items == [Item(sku="a", qty=2)]
    assert (order.total, type(order.total)) == (3.0, float)
    assert isinstance(order.parent, Order)
    assert order.parent.parent is None


def test_other_errors_of_a_class_come_through(core: Any) -> None:
    def convert(_value: object) -> object:
        raise KeyError("reason")

    with pytest.raises(KeyError, match="reason"):
        core.decode(("foreign", convert), 1, "body")


@pytest.mark.parametrize("depth", [199, 200, 201, 100_000])
def test_depth_is_limited_as_in_python(core: Any, depth: int) -> None:
    schema: tuple[Any, ...] = ("int",)
    value: Any = 1
    for _ in range(min(depth, 300)):
        schema, value = ("list", schema), [value]
    assert outcome(core.decode, schema, value) == outcome(decode, schema, value)


@pytest.mark.parametrize(
    "schema",
    [(), ("number",), ("list",), ("object", dict), ("ref", Item), (1,), ("union", 3)],
)
def test_refuses_what_is_no_schema(core: Any, schema: tuple[Any, ...]) -> None:
    with pytest.raises((ValueError, TypeError, IndexError)):
        core.decode(schema, 1, "body")
