"""What is counted: starts and events of the native core, imports of both runtimes, JSON."""

from __future__ import annotations

import sys
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from guard.callgrind import Cost, imported, ran, served
from guard.comparison import Counts
from subjects.places import ROOT
from subjects.quick import NATIVE, NATIVE_BARE, PURE, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparta.measure.subject import Subject

RUNS = 3
EVENTS = (20, 60)
CALLS = (200, 600)
_JSON = """
import importlib.machinery, importlib.util, sys
loader = importlib.machinery.ExtensionFileLoader("_sparta", sys.argv[1])
core = importlib.util.module_from_spec(importlib.util.spec_from_loader("_sparta", loader))
loader.exec_module(core)
event = open(sys.argv[2], "rb").read()
value = core.loads(event)
for _ in range(int(sys.argv[3])):
    {call}
"""
_OPERATIONS = {"JSON decode": "core.loads(event)", "JSON encode": "core.dumps(value)"}


def counts_of(folder: Path, python: Path, minor: str, event: bytes) -> Counts:
    """Count everything; each number is the median of three runs.

    Args:
        folder: Where subjects are made.
        python: The interpreter.
        minor: Its minor version.
        event: What JSON is counted on.
    """
    subjects = {each.name: each for each in prepare(folder, python, minor)}
    numbers: dict[str, int] = {}
    for name in (NATIVE, NATIVE_BARE):
        _add(numbers, f"{name}: start", _median(partial(served, subjects[name], 0)))
    _add(numbers, f"{NATIVE}: event", _per_event(subjects[NATIVE]))
    document = folder / "event.json"
    document.write_bytes(event)
    library = ROOT / "python" / "sparta" / "_sparta.abi3.so"
    for name, call in _OPERATIONS.items():
        command = [sys.executable, "-sPS", "-c", _JSON.format(call=call), str(library)]
        numbers[f"{name}: instructions a call"] = _per_call([*command, str(document)], name)
    modules = {name: imported(subjects[name]) for name in (PURE, NATIVE)}
    return Counts(numbers, modules)


def _add(numbers: dict[str, int], name: str, cost: Cost) -> None:
    numbers[f"{name}: instructions"] = cost.instructions
    numbers[f"{name}: system calls"] = cost.calls


def _per_event(subject: Subject) -> Cost:
    few, many = (_median(partial(served, subject, events)) for events in EVENTS)
    more = EVENTS[1] - EVENTS[0]
    calls = round((many.calls - few.calls) / more)
    return Cost(round((many.instructions - few.instructions) / more), calls)


def _per_call(command: list[str], name: str) -> int:
    environment = {"LANG": "C.UTF-8"}
    few, many = (
        _median(partial(ran, [*command, str(calls)], environment, name)) for calls in CALLS
    )
    return round((many.instructions - few.instructions) / (CALLS[1] - CALLS[0]))


def _median(count: Callable[[], Cost]) -> Cost:
    found = [count() for _ in range(RUNS)]
    return Cost(
        round(median(each.instructions for each in found)), round(median(c.calls for c in found))
    )
