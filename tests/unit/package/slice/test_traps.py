"""Each section of `traps.txt`, as a test of its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.package.slice.conftest import EVENTS, answers, run, traps

from sparta.package.slice.slicing import Slice, Whole

if TYPE_CHECKING:
    from tests.unit.package.slice.conftest import Slicer, Trap

ALL = traps()


@pytest.mark.parametrize("trap", ALL, ids=[trap.name for trap in ALL])
def test_trap(trap: Trap, slicer: Slicer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "x")
    found = slicer.outcome(trap.source)
    if trap.whole:
        assert isinstance(found, Whole)
        assert trap.whole in found.reason
        return
    assert isinstance(found, Slice), found
    text = found.content.decode()
    assert [part for part in trap.stays if part not in text] == []
    assert [part for part in trap.goes if part in text] == []
    original = run(trap.source.encode(), "app.py", "app")
    left = run(found.content, "app.py", "app")
    assert answers(left, "handler", EVENTS) == answers(original, "handler", EVENTS)
