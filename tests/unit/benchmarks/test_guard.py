"""The guard's comparison: what grew is named, what did not is let through."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guard.callgrind import unavailable
from guard.comparison import Counts, failures, key_of, with_counts

if TYPE_CHECKING:
    import pytest

KNOWN = Counts({"start": 1000, "calls": 0}, {"hello": ["index", "sparta"]}).document()


def grown(numbers: dict[str, int], modules: list[str]) -> list[str]:
    return failures(Counts(numbers, {"hello": modules}), KNOWN)


def test_five_per_cent_are_let_through() -> None:
    assert grown({"start": 1050, "calls": 0, "another": 7}, ["index"]) == []


def test_more_is_named_with_what_it_was() -> None:
    assert grown({"start": 1051, "calls": 1}, ["index"]) == [
        "start: 1,051, was 1,000: +5.1%",
        "calls: 1, was 0: +1",
    ]


def test_each_further_module_is_named() -> None:
    assert grown({}, ["index", "sparta", "json", "re"]) == ["hello: imports 2 more: json, re"]


def test_a_key_is_added_beside_the_others() -> None:
    text = with_counts(
        {"other": {}}, key_of("3.12.1", "1.95.0"), Counts({"a": 1}, {"b": ["z", "c"]})
    )
    found = json.loads(text)
    assert found.pop("other") == {}
    ((key, counts),) = found.items()
    assert key.startswith("CPython 3.12.1, rustc 1.95.0, ")
    assert counts == {"numbers": {"a": 1}, "modules": {"b": ["c", "z"]}}


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert unavailable() == "no valgrind and no setarch on this machine"
