"""Counts against the committed baseline: what grew, and what to do about it.

The baseline is keyed by what the counts depend on besides this repository: CPython's patch version,
the compiler of the library, the architecture.
"""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RISE_MOST = 0.05
"""A count may be above its baseline by this much."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one run of the guard found.

    Args:
        numbers: Instructions and system calls by the name of what was counted.
        modules: The modules that a start imports, by the name of the start.
    """

    numbers: dict[str, int]
    modules: dict[str, list[str]]

    def document(self) -> dict[str, Any]:
        """Return it for the JSON file."""
        modules = {name: sorted(found) for name, found in self.modules.items()}
        return {"numbers": self.numbers, "modules": modules}


def key_of(python: str, rustc: str) -> str:
    """Return the key of the baseline that counts on this machine are compared with.

    Args:
        python: Version of CPython with its patch, such as `3.12.1`.
        rustc: Version of the compiler, such as `1.94.0`.
    """
    return f"CPython {python}, rustc {rustc}, {platform.machine()}"


def failures(counts: Counts, known: Mapping[str, Any]) -> list[str]:
    """Return a line for each module that is new and each number that rose too far.

    Args:
        counts: Of this run.
        known: The baseline of this key, as `Counts.document` writes it.
    """
    lines = []
    for name, modules in counts.modules.items():
        added = sorted(set(modules) - set(known["modules"].get(name, modules)))
        if added:
            lines.append(f"{name}: imports {len(added)} more: {', '.join(added)}")
    for name, number in counts.numbers.items():
        before = known["numbers"].get(name, number)
        if number > before * (1 + RISE_MOST):
            lines.append(f"{name}: {number:,}, was {before:,}: {change(number, before)}")
    return lines


def change(number: int, before: int) -> str:
    """Return a difference as the run prints it, in per cent."""
    return f"{(number - before) / before:+.1%}" if before else f"+{number}"


def read(file: Path) -> dict[str, Any]:
    """Return the baselines of a file by their key."""
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def with_counts(baselines: Mapping[str, Any], key: str, counts: Counts) -> str:
    """Return the text of a baseline file that has these counts too."""
    document = {**baselines, key: counts.document()}
    return json.dumps(document, indent=1, sort_keys=True) + "\n"
