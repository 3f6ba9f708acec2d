"""Median, least and most of what several starts gave."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and most of one figure of one subject."""

    median: float
    least: float
    most: float

    def text(self) -> str:
        """Return it as tables show it: `31.5 (30.9-34.0)`."""
        digits = 3 if self.median < 1 else 1
        return f"{self.median:.{digits}f} ({self.least:.{digits}f}-{self.most:.{digits}f})"


def spread(values: Iterable[float | None]) -> Spread | None:
    """Return the spread of those values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return Spread(median(known), min(known), max(known)) if known else None


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the least of `values` that `percent` of them do not pass (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]
