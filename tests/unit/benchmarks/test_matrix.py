from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matrix import Cell, Measured, Part, plan, warm_events
from record import Record
from running import run
from sparta.measure.regime import E1, E2, FULL, on_demand
from sparta.measure.subject import Sample, Subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparta.local.runtime_api import Outcome

SAMPLE = Sample(10.0, 11.0, 0.3, 0.5, 0.02, 0.08, 0.3, 9.5)


def accept(outcome: Outcome) -> None:
    assert outcome.kind == "response"


@dataclass(frozen=True)
class Work:
    name: str
    event: bytes = b"{}"
    warm_events: int = 300
    cold_starts: int = 5
    check = staticmethod(accept)


WORKS = {
    name: Work(name, cold_starts=15 if name in {"hello", "orders"} else 5)
    for name in ("hello", "orders", "json_5mb")
}


def subject(name: str) -> Subject:
    return Subject(name, ["true"], {}, Path())


ENTRIES = [(work, subject(name)) for work in WORKS for name in ("bare", "ours", "theirs")]
ENTRIES[0] = ("hello", replace(ENTRIES[0][1], serves=False))


def test_the_plan_has_each_pair_in_its_regimes_with_its_rounds() -> None:
    parts = plan(ENTRIES, WORKS, throttling=True, main=["bare", "ours"])

    assert [(part.name, part.rounds) for part in parts] == [
        ("cold starts", 15),
        ("other workloads", 5),
        ("memory sizes", 15),
        ("throttled from exec on", 15),
    ]
    cold, other, sizes, throttled = ([tuple(one.cell) for one in part.cells] for part in parts)
    assert cold[:7] == [
        ("hello", "bare", "full core"),
        ("hello", "ours", "full core"),
        ("hello", "theirs", "full core"),
        ("orders", "bare", "full core"),
        ("orders", "ours", "full core"),
        ("orders", "theirs", "full core"),
        ("hello", "bare", "E1 128 MB"),
    ]
    assert len(cold) == 2 * 2 * 3
    assert {regime for _, _, regime in other} == {"E1 128 MB"}
    assert {regime for _, _, regime in sizes} == {"E1 512 MB", "E1 1,024 MB", "E1 1,769 MB"}
    assert {name for work, name, _ in sizes if work == "hello"} == {"ours"}
    assert {regime for _, _, regime in throttled} == {"E2 128 MB"}


def test_without_cgroups_all_is_planned_on_a_full_core() -> None:
    parts = plan(ENTRIES, WORKS, throttling=False, main=["ours"], rounds=2)
    assert [(part.name, part.rounds) for part in parts] == [
        ("cold starts", 2),
        ("other workloads", 2),
    ]
    assert {one.cell.regime for part in parts for one in part.cells} == {"full core"}


@pytest.mark.parametrize(
    ("regime", "most", "expected"),
    [(FULL, 300, 300), (E1, 300, 22), (E1, 10, 2), (E1, 1, 1), (on_demand(1024), 300, 174)],
)
def test_a_share_of_a_core_gets_fewer_warm_events(regime: object, most: int, expected: int) -> None:
    assert warm_events(replace(WORKS["hello"], warm_events=most), regime) == expected  # type: ignore[arg-type]
    assert warm_events(WORKS["hello"], E2) == 2


def warm() -> Sample:
    return SAMPLE


def part(name: str, **takes: Callable[[], Sample]) -> Part:
    cells = tuple(
        Measured(
            Cell("hello", subject_name.partition("_")[0], f"{name} {subject_name}"), take, warm
        )
        for subject_name, take in takes.items()
    )
    return Part(name, cells, rounds=3, weight=1, warming=False)


def test_a_subject_that_fails_is_left_out_of_all_that_follows() -> None:
    record, lines = Record({}), list[str]()
    calls: list[str] = []

    def good() -> Sample:
        calls.append("good")
        return SAMPLE

    def bad() -> Sample:
        calls.append("bad")
        raise OSError("no such program: /opt/somebody/else/go")

    parts = [
        part("first", ours_1=good, theirs_1=bad, theirs_2=bad),
        part("second", ours_1=good, theirs_1=bad),
    ]
    ended: list[int] = []
    run(parts, 60.0, record, lines.append, lambda: ended.append(len(record.parts)))

    assert ended == [1, 2]
    assert calls.count("bad") == 1
    assert calls.count("good") == 6
    assert [one["subject"] for one in record.failures] == ["theirs"]
    assert record.failures[0]["error"] == "no such program: .../go"
    assert [(one["name"], one["rounds"]) for one in record.parts] == [("first", 3), ("second", 3)]
    assert any("theirs, hello, first theirs_1 is left out" in line for line in lines)


def test_a_part_ends_between_rounds_when_its_time_is_over_and_leaves_the_others_theirs() -> None:
    record, lines = Record({}), list[str]()

    def take(seconds: float) -> Sample:
        time.sleep(seconds)
        return SAMPLE

    slow = part("slow", ours_1=partial(take, 0.2), theirs_1=partial(take, 0.2))
    quick = part("quick", ours_1=partial(take, 0.0))
    run([slow, quick], 1.0, record, lines.append, list)

    assert [(one["name"], one["rounds"]) for one in record.parts] == [("slow", 1), ("quick", 3)]
    assert all(len(taken) == 1 for cell, taken in record.samples.items() if "slow" in cell.regime)


def test_the_round_that_warms_starts_each_on_a_full_core_and_counts_nothing() -> None:
    record, lines = Record({}), list[str]()
    calls: list[str] = []

    def call(name: str) -> Sample:
        calls.append(name)
        return SAMPLE

    cells = tuple(
        Measured(Cell("hello", name, "E1"), partial(call, name), partial(call, f"warm {name}"))
        for name in ("ours", "theirs")
    )
    run([Part("both", cells, 2, 1, warming=True)], 60.0, record, lines.append, list)

    assert calls == ["warm ours", "warm theirs", "ours", "theirs", "ours", "theirs"]
    assert [len(taken) for taken in record.samples.values()] == [2, 2]
    assert record.parts[0]["estimated_s"] is not None
