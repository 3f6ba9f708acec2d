"""The command line of the full benchmark."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reading import RESULTS
from sparta.app.limits import PYTHONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MINUTES = 28.0
"""Of measuring: some of half an hour is left for what a last round takes longer."""
N = TypeVar("N", int, float)


def arguments(description: str) -> argparse.Namespace:
    """Read the command line."""
    running = f"{sys.version_info[0]}.{sys.version_info[1]}"
    parser = argparse.ArgumentParser(description=description)
    add = parser.add_argument
    add("--subjects", nargs="+", default=[], metavar="WORD", help="whose name holds one of these")
    add("--workloads", nargs="+", default=[], metavar="NAME", help="only these")
    add("--rounds", type=positive(int), help="starts of each, in place of 15 and 5")
    add("--python", default=running, choices=PYTHONS, help="CPython, for all")
    add("--minutes", type=positive(float), default=MINUTES, help="for all, without set-up")
    add("--output", type=Path, default=RESULTS, help="the folder for the results")
    return parser.parse_args()


def named(names: Iterable[str], words: Sequence[str]) -> list[str]:
    """Return the names that hold one of the words, in any case; all where there is none."""
    return [
        name for name in names if not words or any(word.lower() in name.lower() for word in words)
    ]


def positive(number: type[N]) -> Callable[[str], N]:
    """Return how a number above zero is read from the command line."""

    def read_number(text: str) -> N:
        value = number(text)
        if value <= 0:
            raise argparse.ArgumentTypeError(f"{text}: it has to be above 0")
        return value

    read_number.__name__ = number.__name__  # what argparse calls something that is no number
    return read_number
