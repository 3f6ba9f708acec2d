"""What differs on purpose, and which of it a run has met."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sparta.local.invocation import Outcome

NEVER_COMPARED = {"content-length", "user-agent", "accept", "accept-encoding", "host"}
LAST = "test_every_difference_was_met"
"""The test that looks back at all others."""
XRAY = "lambda-runtime-function-xray-error-cause"


class Intended(dict[str, str]):
    """The differences by name, each with its reason; a test that meets one looks it up."""

    def __init__(self, path: Path) -> None:
        super().__init__(json.loads(path.read_text("utf-8")))
        self.met: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.met.add(name)
        return super().__getitem__(name)

    def note(self, theirs: Outcome, ours: Outcome) -> None:
        """Note what differs of that which no comparison of two outcomes looks at."""
        looked_at = {name: name for name in NEVER_COMPARED - {"content-length"}}
        looked_at["xray ascii"] = XRAY
        if ours.kind == "init_error":
            looked_at["init content-type"] = "content-type"
        for name, header in looked_at.items():
            if theirs.headers.get(header) != ours.headers.get(header):
                self.met.add(name)


INTENDED = Intended(Path(__file__).parent / "intended.json")
