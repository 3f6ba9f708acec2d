"""Conditions on records, as the filter patterns that AWS documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sparta.app.filter_patterns import PatternError, pattern_problems, patterns_of
from sparta.errors import DeclarationError
from sparta.triggers import filters

if TYPE_CHECKING:
    from sparta.triggers.filters import Condition

BODY = filters.body


def compiled(where: Any) -> list[Any]:
    return [json.loads(pattern) for pattern in patterns_of(where)]


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (BODY("a") == "x", "x"),
        (BODY("a") == 5, {"numeric": ["=", 5]}),
        (BODY("a") == True, True),  # noqa: E712 - a condition, no comparison
        (BODY("a") == None, None),  # noqa: E711 - as above
        (BODY("a") != "x", {"anything-but": ["x"]}),
        (BODY("a") < 5, {"numeric": ["<", 5]}),
        (BODY("a") <= 5, {"numeric": ["<=", 5]}),
        (BODY("a") > 5, {"numeric": [">", 5]}),
        (BODY("a") >= 1.5, {"numeric": [">=", 1.5]}),
        (BODY("a").between(1, 3), {"numeric": [">=", 1, "<=", 3]}),
        (BODY("a").none_of("x", "y"), {"anything-but": ["x", "y"]}),
        (BODY("a").startswith("é"), {"prefix": "é"}),
        (BODY("a").endswith(".csv"), {"suffix": ".csv"}),
        (BODY("a").equals_ignoring_case("X"), {"equals-ignore-case": "X"}),
        (BODY("a").exists(), {"exists": True}),
        (BODY("a").missing(), {"exists": False}),
    ],
    ids=str,
)
def test_one_rule(condition: Condition[Any], rule: object) -> None:
    assert compiled(condition) == [{"body": {"a": [rule]}}]


def test_one_of_is_a_list_of_rules() -> None:
    assert compiled(BODY("a").one_of("x", 1)) == [{"body": {"a": ["x", {"numeric": ["=", 1]}]}}]


def test_and_joins_fields_and_the_ends_of_a_range() -> None:
    both = (BODY("a", "b") == "x") & (BODY("c") >= 1) & (BODY("c") < 3)
    assert compiled(both) == [{"body": {"a": {"b": ["x"]}, "c": [{"numeric": [">=", 1, "<", 3]}]}}]


def test_or_is_a_filter_each_or_rules_of_one_field() -> None:
    assert compiled((BODY("a") == "x") | (BODY("b") == "y")) == [
        {"body": {"a": ["x"]}},
        {"body": {"b": ["y"]}},
    ]
    one_field = (BODY("a") == "x") | BODY("a").startswith("y")
    assert compiled(one_field) == [{"body": {"a": ["x", {"prefix": "y"}]}}]
    assert compiled([BODY("a") == "x", BODY("a") == "x"]) == [{"body": {"a": ["x"]}}]


def test_or_within_and_is_multiplied_out() -> None:
    either = (BODY("a") == "x") | (BODY("b") == "y")
    assert compiled(either & (BODY("c") == "z")) == [
        {"body": {"a": ["x"], "c": ["z"]}},
        {"body": {"b": ["y"], "c": ["z"]}},
    ]


def test_choices_that_differ_in_two_fields_stay_apart() -> None:
    first = (BODY("a") == "x") & (BODY("b") == "x")
    second = (BODY("a") == "y") & (BODY("b") == "y")
    assert len(compiled(first | second)) == 2


def test_attributes_of_tables_have_their_types() -> None:
    image = filters.new_image
    assert compiled(image("a") == "x") == [{"dynamodb": {"NewImage": {"a": {"S": ["x"]}}}}]
    assert compiled(image("a") == 5) == [{"dynamodb": {"NewImage": {"a": {"N": ["5"]}}}}]
    assert compiled(image("a") == True) == [  # noqa: E712 - a condition
        {"dynamodb": {"NewImage": {"a": {"BOOL": [True]}}}}
    ]
    assert compiled(image("a").one_of(1, 2)) == [
        {"dynamodb": {"NewImage": {"a": {"N": ["1", "2"]}}}}
    ]
    assert compiled(image("a") != 1) == [
        {"dynamodb": {"NewImage": {"a": {"N": [{"anything-but": ["1"]}]}}}}
    ]
    assert compiled(filters.old_image("a", type="N").missing()) == [
        {"dynamodb": {"OldImage": {"a": {"N": [{"exists": False}]}}}}
    ]
    assert compiled(filters.item_key("id").startswith("x")) == [
        {"dynamodb": {"Keys": {"id": {"S": [{"prefix": "x"}]}}}}
    ]
    assert compiled(filters.event_name() == "INSERT") == [{"eventName": ["INSERT"]}]


def test_the_fields_of_the_other_sources() -> None:
    assert compiled(filters.payload("a") == "x") == [{"data": {"a": ["x"]}}]
    assert compiled(filters.payload() == "x") == [{"data": ["x"]}]
    assert compiled((filters.key() == "k") & (filters.value("a") == "x")) == [
        {"key": ["k"], "value": {"a": ["x"]}}
    ]


WRONG: dict[str, Any] = {
    "holds no condition": [],
    "is not a condition": {"body": {"a": ["x"]}},
    "makes 6 filters": [BODY(name) == "x" for name in "abcdef"],
    "a filter of 5019 characters": BODY("a") == "x" * 5_000,
    "body.a are joined by &": (BODY("a") == "x") & (BODY("a") == "y"),
    "two conditions on body.a": (BODY("a") > 1) & (BODY("a") > 2),
    "cannot be compared by size": filters.new_image("a") > 5,
    "values of several types": filters.new_image("a").one_of("x", 1),
    "body.a is compared by size with ['1']": BODY("a") < "1",  # type: ignore[operator]
    "by prefix with 1": BODY("a").startswith(1),  # type: ignore[arg-type]
    "within a field that has a condition": (BODY("a") == "x") & (BODY("a", "b") == "y"),
}


@pytest.mark.parametrize(("text", "where"), WRONG.items())
def test_what_no_pattern_says(text: str, where: Any) -> None:
    (problem,) = pattern_problems(where, "app.py:3")
    assert text in problem.what
    assert problem.where == "app.py:3"
    assert problem.fix
    with pytest.raises(PatternError):
        patterns_of(where)


def test_and_written_as_a_word_is_an_error_with_its_place() -> None:
    with pytest.raises(DeclarationError, match="write & for `and`") as caught:
        _ = (BODY("a") == "x") and (BODY("b") == "y")
    (problem,) = caught.value.problems
    assert problem.where.startswith(__file__)
