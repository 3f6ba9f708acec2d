"""All that one full run found, as it comes, and as the file that keeps it."""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sparta.measure.subject import Sample

if TYPE_CHECKING:
    from pathlib import Path

    from matrix import Cell

FIGURES = tuple(one.name for one in fields(Sample))
ERROR_CHARACTERS = 600
_ADDRESS = re.compile(r"(?:https?|git)(?:://|\+)\S+")
_FOLDERS = re.compile(r"(?<![\w.])/(?:[\w.+@$\[\]{}~-]+/)+")


@dataclass(slots=True)
class Record:
    """What a run found. `about` is what it was made on, `zips` the sizes of archives."""

    about: dict[str, Any]
    zips: dict[str, int] = field(default_factory=dict[str, int])
    skipped: dict[str, str] = field(default_factory=dict[str, str])
    samples: dict[Cell, list[Sample]] = field(default_factory=dict["Cell", list[Sample]])
    failures: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    parts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, cell: Cell, sample: Sample) -> None:
        """Keep one more sample."""
        self.samples.setdefault(cell, []).append(sample)

    def fail(self, cell: Cell, error: Exception) -> None:
        """Keep why a cell is left out from here on."""
        self.failures.append({**cell._asdict(), "error": presentable(str(error))})

    def has_failed(self, cell: Cell) -> bool:
        """Return whether this subject failed at this workload, in any regime."""
        return any(
            (one["workload"], one["subject"]) == (cell.workload, cell.subject)
            for one in self.failures
        )

    def end_part(
        self, name: str, *, wanted: int, done: int, estimated_s: float | None, used_s: float
    ) -> None:
        """Keep how a part went; `estimated_s` is what all of its rounds would have taken."""
        part = {"name": name, "rounds_wanted": wanted, "rounds": done}
        estimated = None if estimated_s is None else round(estimated_s, 1)
        self.parts.append({**part, "estimated_s": estimated, "seconds": round(used_s, 1)})

    def document(self) -> dict[str, Any]:
        """Return it as the file has it; a sample is a list in the order of `figures`."""
        return {
            **self.about,
            "parts": self.parts,
            "skipped": {name: presentable(text) for name, text in self.skipped.items()},
            "failures": self.failures,
            "zip_bytes": self.zips,
            "figures": FIGURES,
            "cells": [
                {**cell._asdict(), "samples": [_rounded(sample) for sample in samples]}
                for cell, samples in self.samples.items()
            ],
        }

    def write(self, file: Path) -> None:
        """Write the document, a line for each cell."""
        document = self.document()
        cells = ",\n".join(f"  {json.dumps(cell)}" for cell in document.pop("cells"))
        text = json.dumps(document, indent=1, ensure_ascii=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        whole = f'{text.removesuffix("}").rstrip()},\n "cells": [\n{cells}\n ]\n}}\n'
        file.write_text(whole, encoding="utf-8")


def presentable(text: str) -> str:
    """Return an error without addresses and folders of this machine, and not too long."""
    text = _FOLDERS.sub(".../", _ADDRESS.sub("<address>", text))
    return text if len(text) <= ERROR_CHARACTERS else f"{text[:ERROR_CHARACTERS]}..."


def _rounded(sample: Sample) -> list[float | None]:
    return [None if value is None else round(value, 4) for value in astuple(sample)]
