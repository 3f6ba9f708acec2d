"""How long each step took."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Stopwatch:
    """Seconds by step, in the order in which the steps began; it runs from its creation on.

    Args:
        clock: Gives seconds; only differences matter.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._steps: dict[str, float] = {}

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Count the time within as part of the step called `label`, also when it fails."""
        begin = self._clock()
        self._steps.setdefault(label, 0.0)
        try:
            yield
        finally:
            self._steps[label] += self._clock() - begin

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """Label and seconds of each step so far."""
        return tuple(self._steps.items())

    @property
    def elapsed_s(self) -> float:
        """Seconds since the watch was made."""
        return self._clock() - self._start
