# ruff: noqa: UP007, UP045, PYI061 - both spellings are read
from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NewType,
    NotRequired,
    Optional,
    Required,
    TypedDict,
    Union,
)

import pytest

from sparta.errors import DeclarationError, EventError
from sparta.model.model import Model
from sparta.runtime.decode import decode
from sparta.runtime.schema import schema_of

STR, INT, FLOAT = ("str",), ("int",), ("float",)
SCOPE: tuple[dict[str, Any], dict[str, object]] = (globals(), {})
Sku = NewType("Sku", str)


class Color(enum.Enum):
    RED = "red"


class Item(Model):
    sku: Sku
    qty: int = 1
    kind: ClassVar[str] = "item"


class Order(Item):
    items: tuple[Item, ...]
    color: Color | None = None


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float = 0.0
    tags: list[str] = field(default_factory=list)
    norm: float = field(init=False, default=0.0)
    scale: InitVar[int] = 1
    origin: ClassVar[str] = "zero"


@dataclass
class Shape:
    name: str
    points: list[Point]
    parent: Shape | None = None


class Address(TypedDict):
    city: str
    zip: NotRequired[str]


class Person(Address, total=False):
    name: Required[str]
    age: int


class Chain(TypedDict):
    next: Chain | None


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (str, STR),
        (None, ("none",)),
        (Any, ("any",)),
        (object, ("any",)),
        (bytes, ("bytes",)),
        (bytes | None, ("optional", ("bytes",))),
        (list, ("list", ("any",))),
        (dict, ("dict", ("any",))),
        (list[int], ("list", INT)),
        (Sequence[int], ("list", INT)),
        (tuple[int, ...], ("tuple", INT)),
        (dict[str, list[float]], ("dict", ("list", FLOAT))),
        (Mapping[str, int], ("dict", INT)),
        (int | None, ("optional", INT)),
        (Optional[int], ("optional", INT)),
        (Union[int, str, None], ("optional", ("union", (INT, STR)))),
        (int | str, ("union", (INT, STR))),
        (int | Any, ("any",)),
        (Literal["a", 1, None], ("literal", ("a", 1, None))),
        (Annotated[int, "units"], INT),
        (Sku, STR),
        ("list[Sku] | None", ("optional", ("list", STR))),
        (list["Sku"], ("list", STR)),
        (Optional["Sku"], ("optional", STR)),
    ],
)
def test_types(annotation: object, schema: tuple[Any, ...]) -> None:
    assert schema_of(annotation, scope=SCOPE) == schema


def test_models_with_inheritance_defaults_and_class_variables() -> None:
    item = ("object", Item, (("sku", STR, True), ("qty", INT, False)))
    assert schema_of(Item) == item
    assert schema_of(Order) == (
        "object",
        Order,
        (
            *item[2],
            ("items", ("tuple", item), True),
            ("color", ("optional", ("foreign", Color)), False),
        ),
    )


def test_dataclasses() -> None:
    point = schema_of(Point)
    assert point == (
        "object",
        Point,
        (
            ("x", FLOAT, True),
            ("y", FLOAT, False),
            ("tags", ("list", STR), False),
            ("scale", INT, False),
        ),
    )
    assert schema_of(Shape) == (
        "object",
        Shape,
        (
            ("name", STR, True),
            ("points", ("list", point), True),
            ("parent", ("optional", ("ref", Shape)), False),
        ),
    )
    shape = decode(schema_of(Shape), {"name": "a", "points": [{"x": 1}]}, "body")
    assert shape == Shape("a", [Point(1.0)])


def test_typed_dicts_with_marks_that_are_text() -> None:
    city = (("city", STR, True), ("zip", STR, False))
    assert schema_of(Address) == ("object", dict, city)
    assert schema_of(Person) == (
        "object",
        dict,
        (*city, ("name", STR, True), ("age", INT, False)),
    )


def test_enums_decode_to_their_members() -> None:
    assert decode(schema_of(Color), "red", "body") is Color.RED
    with pytest.raises(EventError, match=r"^body: 'blue' is not a valid Color$"):
        decode(schema_of(Color), "blue", "body")


class Undecodable(Model):
    numbers: set[int]
    raw: bytes
    keyed: dict[int, str]
    pair: tuple[int, str]
    missing: Nowhere  # type: ignore[name-defined] # noqa: F821
    nested: list[Inner]
    fine: str


class Inner(Model):
    when: complex


def test_every_problem_of_a_declaration_at_once() -> None:
    with pytest.raises(DeclarationError) as caught:
        schema_of(Undecodable, where="app.py:1")
    assert [(problem.where, problem.what) for problem in caught.value.problems] == [
        ("Undecodable.numbers", "set[int] cannot be decoded from JSON"),
        ("Undecodable.raw", "bytes cannot be decoded from JSON"),
        ("Undecodable.keyed", "dict[int, str] cannot be decoded from JSON"),
        ("Undecodable.pair", "tuple[int, str] cannot be decoded from JSON"),
        (
            "Undecodable.missing",
            "the annotation 'Nowhere' cannot be evaluated: name 'Nowhere' is not defined",
        ),
        ("Inner.when", "complex cannot be decoded from JSON"),
    ]
    assert all(problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize("annotation", [complex, set, Literal[b"a"], list[complex], iter])
def test_roots_that_cannot_be_decoded(annotation: object) -> None:
    with pytest.raises(DeclarationError, match=r"^app\.py:1: .* cannot be decoded from JSON"):
        schema_of(annotation, where="app.py:1")


def test_a_typed_dict_that_holds_itself_is_refused() -> None:
    with pytest.raises(DeclarationError, match="the TypedDict Chain refers to itself"):
        schema_of(Chain)
