"""How a line of the log looks: `[0012]  INFO Message                    Key=value`."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from sparta.errors import Problem

WIDTH = 48
"""Of a rule, in characters."""
_MESSAGE_WIDTH = 50
_COLOURS = {"INFO": "cyan", "WARN": "yellow", "ERROR": "red"}


class Console:
    """Writes log lines to standard output, and errors to standard error.

    Args:
        clock: Gives seconds; lines show how many have passed since the console was made.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._results_on_stdout = False
        self._hidden: re.Pattern[str] | None = None

    def hide(self, pattern: re.Pattern[str]) -> None:
        """Show asterisks in place of whatever matches `pattern`, from now on."""
        self._hidden = pattern

    def keep_stdout_for_results(self) -> None:
        """Write log lines to standard error from now on, so that results can be piped."""
        self._results_on_stdout = True

    def __call__(self, message: str, /, **fields: object) -> None:
        """Log `message` with `fields` in their order."""
        self._write("INFO", message, fields)

    def warn(self, message: str, /, **fields: object) -> None:
        """Log something that the user should look at."""
        self._write("WARN", message, fields)

    def error(self, problem: Problem) -> None:
        """Log what went wrong, and below it what to do."""
        lines = str(problem).splitlines()
        self._write("ERROR", "\n".join(lines), {})

    def rule(self) -> None:
        """Draw a line across."""
        self("═" * WIDTH)

    def heading(self, title: str) -> None:
        """Log a title with a line after it, as wide as a rule."""
        self(f"{title} ".ljust(WIDTH, "▬"))

    def _write(self, level: str, message: str, fields: dict[str, object]) -> None:
        stream = sys.stderr if level == "ERROR" or self._results_on_stdout else sys.stdout
        shown = (
            click.style(f"{level:>5}", fg=_COLOURS[level]) if coloured(stream) else f"{level:>5}"
        )
        seconds = int(self._clock() - self._start)
        pairs = " ".join(f"{key}={value}" for key, value in fields.items())
        line = f"{message:<{_MESSAGE_WIDTH}} {pairs}" if pairs else message
        if self._hidden is not None:
            line = self._hidden.sub(lambda found: "*" * len(found[0]), line)
        print(f"[{seconds:04d}] {shown} {line}", file=stream, flush=True)


def coloured(stream: TextIO) -> bool:
    """Return whether to colour what goes to `stream`: a terminal, and NO_COLOR is not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
