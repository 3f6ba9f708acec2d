"""JSON both ways beside orjson: an event of 1.5 KB, a document of 5 MB; CPU time of this process.

The two take turns, call by call or batch by batch, and the medians are compared: the speed of the
machine changes from one second to the next, and then changes for both.
"""

from __future__ import annotations

import gc
import json
import time
from dataclasses import asdict, dataclass
from functools import partial
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import orjson

from event import EVENT
from sparta.measure.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = Path(__file__).resolve().parents[1] / "python" / "sparta" / "_sparta.abi3.so"
RECORDS = 16_000
DECODE_MOST = 1.2
ENCODE_MOST = 1.3
"""The budgets: ours / orjson."""


@dataclass(frozen=True, slots=True)
class JsonFigure:
    """One operation on one document, in microseconds per call."""

    name: str
    ours_us: float
    orjson_us: float
    most: float

    @property
    def ratio(self) -> float:
        """Return ours / orjson."""
        return self.ours_us / self.orjson_us

    @property
    def met(self) -> bool:
        """Return whether the ratio is within its budget."""
        return self.ratio <= self.most

    def line(self) -> str:
        """Return it as the run prints it."""
        word = "met" if self.met else "MISSED"
        times = f"{self.ours_us:,.2f} us / {self.orjson_us:,.2f} us"
        return f"{self.name}: {self.ratio:.2f} ({times}), budget at most {self.most:.2f}: {word}"

    def document(self) -> dict[str, Any]:
        """Return it for the JSON file."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def figures() -> list[JsonFigure]:
    """Measure everything; some ten seconds."""
    core = _core()
    found = []
    for size, text, calls, rounds in (
        ("1.5 KB", EVENT, 500, 41),
        ("5 MB", _large(), 1, 15),
    ):
        value = json.loads(text)
        for name, ours, other, argument, most in (
            ("decode", core.loads, orjson.loads, text, DECODE_MOST),
            ("encode", core.dumps, orjson.dumps, value, ENCODE_MOST),
        ):
            taken = turns(
                [
                    ("ours", partial(_us, ours, argument, calls)),
                    ("other", partial(_us, other, argument, calls)),
                ],
                rounds,
            )
            own, others = (median(taken[name]) for name in ("ours", "other"))
            found.append(JsonFigure(f"JSON {name}, {size}, ours / orjson", own, others, most))
    return found


def _core() -> Any:  # noqa: ANN401 - the module
    loader = ExtensionFileLoader("_sparta", str(LIBRARY))
    spec = spec_from_loader("_sparta", loader)
    if spec is None:
        raise SystemExit(f"bench-quick: {LIBRARY} is missing: make core")
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def _us(call: Callable[[Any], object], argument: object, calls: int) -> float:
    gc.collect()  # what the call before has left must not be counted here
    before = time.process_time_ns()
    for _ in range(calls):
        call(argument)
    return (time.process_time_ns() - before) / calls / 1_000


def _large() -> bytes:
    records = [
        {
            "id": index,
            "name": f"customer {index}",
            "email": f"c{index}@example.com",
            "price": index * 7919 % 10_000 / 100,
            "tags": ["a", "red", "large"],
            "active": index % 3 == 0,
            "address": {
                "street": f"Road {index}",
                "city": "Zürich" if index % 10 == 0 else "Bern",
                "zip": str(8_000 + index),
            },
            "note": None,
            "history": [
                {"at": 1_767_225_600_000 + index, "what": "created"},
                {"at": 1_767_225_600_000 + 2 * index, "what": 'changed by "x"\n'},
            ],
        }
        for index in range(RECORDS)
    ]
    return json.dumps({"records": records}, ensure_ascii=False).encode()
