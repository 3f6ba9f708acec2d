from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparta.errors import EventError, Problem
from sparta.model.model import Model
from sparta.runtime.decode import DEPTH_LIMIT, PROBLEM_LIMIT, decode
from sparta.runtime.schema import schema_of

STR, INT, FLOAT, BOOL = ("str",), ("int",), ("float",), ("bool",)


class Item(Model):
    sku: str
    qty: int = 1


class Order(Model):
    id: str
    items: list[Item]
    note: str | None = None


class Branch(Model):
    name: str
    branches: list[Branch] = []  # noqa: RUF012 - a Model's default


def texts(schema: tuple[Any, ...], value: object, path: str = "body") -> list[str]:
    with pytest.raises(EventError) as caught:
        decode(schema, value, path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("schema", "value", "result"),
    [
        (("any",), {"a": [1]}, {"a": [1]}),
        (STR, "a", "a"),
        (("text",), "a", "a"),
        (INT, 10**30, 10**30),
        (FLOAT, 1.5, 1.5),
        (FLOAT, 2, 2.0),
        (BOOL, False, False),
        (("none",), None, None),
        (("bytes",), b"\x00", b"\x00"),
        (("list", INT), [1, 2], [1, 2]),
        (("tuple", INT), [1, 2], (1, 2)),
        (("dict", FLOAT), {"a": 1}, {"a": 1.0}),
        (("optional", INT), None, None),
        (("optional", INT), 3, 3),
        (("union", (INT, STR)), "3", "3"),
        (("union", (FLOAT, INT)), 3, 3.0),
        (("literal", ("a", 1, None)), 1, 1),
        (("object", dict, (("a", INT, True), ("b", STR, False))), {"a": 1, "z": 2}, {"a": 1}),
        (("foreign", int), "7", 7),
    ],
)
def test_values_that_fit(schema: tuple[Any, ...], value: object, result: object) -> None:
    decoded = decode(schema, value, "body")
    assert decoded == result
    assert type(decoded) is type(result)


@pytest.mark.parametrize(
    ("schema", "value", "text"),
    [
        (STR, 1, "body: expected str, got int"),
        (("text",), 1, "body: expected str, got int"),
        (INT, True, "body: expected int, got bool"),
        (INT, 1.0, "body: expected int, got float"),
        (INT, "1", "body: expected int, got str"),
        (FLOAT, True, "body: expected float, got bool"),
        (FLOAT, 10**400, "body: expected float, got int"),
        (BOOL, 0, "body: expected bool, got int"),
        (("none",), 0, "body: expected null, got int"),
        (("list", INT), {}, "body: expected array, got object"),
        (("tuple", INT), "ab", "body: expected array, got str"),
        (("dict", INT), [], "body: expected object, got array"),
        (("optional", INT), "1", "body: expected int, got str"),
        (("union", (INT, STR, INT)), None, "body: expected int or str, got null"),
        (("union", (("literal", ("a",)), INT)), [], "body: expected str or int, got array"),
        (("literal", (True,)), 1, "body: expected one of true"),
        (("literal", ("a", 1)), True, 'body: expected one of "a", 1'),
        (
            ("literal", ('say "a\\"', 3, True, False, None)),
            "x",
            r'body: expected one of "say \"a\\\"", 3, true, false, null',
        ),
        (("object", dict, ()), None, "body: expected object, got null"),
        (
            ("foreign", int),
            "x",
            "body: invalid literal for int() with base 10: 'x'",
        ),
    ],
)
def test_values_that_do_not_fit(schema: tuple[Any, ...], value: object, text: str) -> None:
    assert texts(schema, value) == [text]


def test_paths_lead_to_the_place() -> None:
    order = {
        "items": [{"sku": "a"}, {"qty": "2"}, {"sku": 1, "qty": True}, 7],
        "note": 1,
    }
    assert texts(schema_of(Order), order) == [
        "body.id: missing",
        "body.items[1].sku: missing",
        "body.items[1].qty: expected int, got str",
        "body.items[2].sku: expected str, got int",
        "body.items[2].qty: expected int, got bool",
        "body.items[3]: expected object, got int",
        "body.note: expected str, got int",
    ]
    assert texts(("dict", ("list", INT)), {"a b": [1, "x"]}) == [
        "body.a b[1]: expected int, got str"
    ]


def test_all_problems_are_one_error() -> None:
    with pytest.raises(EventError) as caught:
        decode(schema_of(Item), {"qty": None}, "event")
    assert str(caught.value) == "event.sku: missing\nevent.qty: expected int, got null"


def test_models_are_made_with_their_defaults() -> None:
    order = decode(schema_of(Order), {"id": "1", "items": [{"sku": "a"}], "more": 1}, "body")
    assert order == Order(id="1", items=[Item(sku="a", qty=1)], note=None)


def test_a_class_that_holds_itself() -> None:
    schema = schema_of(Branch)
    tree = {"name": "a", "branches": [{"name": "b", "branches": [{"name": "c"}]}]}
    assert decode(schema, tree, "body").branches[0].branches[0] == Branch(name="c")
    bad = {"name": "a", "branches": [{"name": "b", "branches": [{"name": 1}]}]}
    assert texts(schema, bad) == ["body.branches[0].branches[0].name: expected str, got int"]


def test_nesting_has_a_limit() -> None:
    tree: dict[str, Any] = {"name": "leaf"}
    for _ in range(DEPTH_LIMIT // 2 - 1):  # two levels each: the object and the array in it
        tree = {"name": "a", "branches": [tree]}
    assert decode(schema_of(Branch), tree, "body").name == "a"
    for more in (1, 5000):
        for _ in range(more):
            tree = {"name": "a", "branches": [tree]}
        assert texts(schema_of(Branch), tree) == ["body: nested too deeply"]


def test_a_union_of_objects_reports_the_nearest() -> None:
    circle = ("object", dict, (("kind", ("literal", ("circle",)), True), ("radius", FLOAT, True)))
    names = ("list", STR)
    union = ("union", (circle, names))
    assert texts(union, {"kind": "circle"}) == ["body.radius: missing"]
    assert texts(union, ["a", 1]) == ["body[1]: expected str, got int"]
    assert texts(union, 3) == ["body: expected object or array, got int"]


def test_a_check_of_the_class_itself_is_a_problem_of_the_object() -> None:
    def positive(qty: int) -> int:
        if qty < 1:
            raise ValueError("qty must be positive")
        return qty

    schema = ("list", ("object", positive, (("qty", INT, True),)))
    assert decode(schema, [{"qty": 2}], "body") == [2]
    assert texts(schema, [{"qty": 2}, {"qty": 0}]) == ["body[1]: qty must be positive"]


def test_a_class_is_not_made_of_fields_that_do_not_fit() -> None:
    def fails(**_fields: object) -> None:
        raise AssertionError

    schema = ("object", fails, (("a", INT, True),))
    assert texts(schema, {}) == ["body.a: missing"]
    # Beyond the limit problems are no longer noted, but still known.
    many = ("list", schema)
    assert len(texts(many, [{}] * 1000)) == PROBLEM_LIMIT


def test_problems_are_capped() -> None:
    assert len(texts(("list", INT), ["x"] * (PROBLEM_LIMIT + 50))) == PROBLEM_LIMIT


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
SCHEMAS = st.recursive(
    st.sampled_from([("any",), STR, INT, FLOAT, BOOL, ("none",), ("literal", ("a", 1, None))]),
    lambda inner: (
        st.tuples(st.sampled_from(["list", "tuple", "dict", "optional"]), inner)
        | st.tuples(st.just("union"), st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.tuples(
            st.just("object"),
            st.just(dict),
            st.lists(st.tuples(st.text(max_size=2), inner, st.booleans()), max_size=3).map(tuple),
        )
    ),
    max_leaves=10,
)


@given(schema=SCHEMAS, value=JSON)
def test_any_json_either_fits_or_has_problems_with_its_path(
    schema: tuple[Any, ...], value: object
) -> None:
    problems: tuple[Problem, ...] | None = None
    try:
        decode(schema, value, "body")
    except EventError as error:
        problems = error.problems
    assert problems is None or problems
    assert all(problem.where.startswith("body") for problem in problems or ())
