from __future__ import annotations

from functools import partial

import pytest

from sparta.measure.spread import Spread, percentile, spread
from sparta.measure.turns import turns


def test_the_candidates_take_turns_after_a_round_that_does_not_count() -> None:
    calls: list[str] = []

    def call(name: str) -> str:
        calls.append(name)
        return f"{name}{calls.count(name)}"

    results = turns([(name, partial(call, name)) for name in "ABC"], 2)

    assert "".join(calls) == "ABCABCABC"
    assert results == {"A": ["A2", "A3"], "B": ["B2", "B3"], "C": ["C2", "C3"]}


def test_without_a_warming_round_each_call_counts() -> None:
    assert turns([("A", lambda: 1)], 3, warming=False) == {"A": [1, 1, 1]}


def test_one_that_fails_is_left_out_and_the_others_go_on() -> None:
    calls: list[str] = []
    failed: list[tuple[str, str]] = []

    def good() -> str:
        calls.append("good")
        return "good"

    def bad() -> str:
        calls.append("bad")
        if len(calls) == 3:  # its second call
            raise ValueError("gone")
        return "bad"

    ways = [("bad", bad), ("good", good)]
    results = turns(ways, 3, failed=lambda key, error: failed.append((key, str(error))))

    assert results == {"bad": [], "good": ["good"] * 3}
    assert failed == [("bad", "gone")]
    assert calls == ["bad", "good", "bad", "good", "good", "good"]


def test_an_error_that_nobody_takes_comes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        turns([("A", lambda: 1 // 0)], 1)


def test_it_ends_between_rounds_once_there_is_enough() -> None:
    taken: list[tuple[str, int]] = []
    results = turns(
        [("A", lambda: 1), ("B", lambda: 2)],
        9,
        taken=lambda key, value: taken.append((key, value)),
        enough=lambda: len(taken) >= 3,
    )

    assert results == {"A": [1, 1], "B": [2, 2]}
    assert taken == [("A", 1), ("B", 2), ("A", 1), ("B", 2)]


def test_a_spread_leaves_out_what_is_not_known() -> None:
    assert spread([3.0, None, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    assert spread([None, None]) is None
    assert Spread(31.46, 30.9, 34.0).text() == "31.5 (30.9-34.0)"
    assert Spread(0.0312, 0.03, 0.04).text() == "0.031 (0.030-0.040)"


@pytest.mark.parametrize(
    ("count", "percent", "expected"), [(100, 99, 99), (20, 99, 20), (1, 99, 1), (10, 50, 5)]
)
def test_a_percentile_is_one_of_the_values(count: int, percent: float, expected: int) -> None:
    assert percentile(list(range(count, 0, -1)), percent) == expected
