"""What the builders that run cargo share: what to show of it, and what to say when it fails."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import cache
from sparta.package.locked import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sparta.package.build_log import BuildLog
    from sparta.package.builders.source import Source
    from sparta.package.report import Report

TOLD = re.compile(
    r"^ *(Compiling|Download(ing|ed)|Updating|Blocking|Finished|Step \d+/\d+|warning|error)\b"
)
"""The lines of cargo and docker that tell how far they are."""
SHOWN_CHARACTERS = 4000
NAME = "_sparta.abi3.so"
"""The library in its cache entry, and in an archive."""
ENCODED = "CARGO_ENCODED_RUSTFLAGS"
"""Goes before RUSTFLAGS; its flags may hold spaces."""
LOG = "build.log"
"""What was logged when it was built."""


def target_folder(source: Source, builder: str) -> Path:
    """Return where cargo keeps what it compiled of `source`; each source has a folder of its own.

    In a shared one, cargo may take for fresh what it has compiled of another tree: it compares
    names relative to the workspace, and times.
    """
    parent = cache.user_folder() / "target"
    folder = parent / cache.key_of(builder, str(source.folder))[:16]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "used").touch()  # so that cache.drop_unused sees it used
    cache.drop_unused(parent)
    return folder


def rustflags(flags: list[str]) -> dict[str, str]:
    """Return the variable that gives rustc `flags`: the readable one of cargo's two, if it can."""
    if ENCODED not in os.environ and not any(" " in flag for flag in flags):
        return {"RUSTFLAGS": " ".join(flags)}
    return {ENCODED: "\x1f".join(flags)}


def failure(source: Source, what: str, lines: list[str], log: BuildLog) -> BuildError:
    """Return the error of a compilation that printed `lines`."""
    # What compiled before the first error is of no interest.
    first = next((index for index, line in enumerate(lines) if line.startswith("error")), 0)
    said = source.with_own_paths("\n".join(lines[first:]).strip())
    return BuildError(
        what,
        where=str(source.folder),
        fix=f"the compiler says (all of it is in {log.path}):\n{said[:SHOWN_CHARACTERS]}",
    )


def entry(key: str, make: Callable[[Path], None], log: BuildLog) -> Path:
    """Return the library that `make(folder)` puts into the cache; an old one says so in `log`."""
    made: list[Path] = []

    def noted(folder: Path) -> None:
        made.append(folder)
        make(folder)

    folder = cache.entry(cache.user_folder() / "native", key, noted)
    if not made:
        log.line(f"{folder / NAME} was built before, from the same inputs; then:")
        kept = folder / LOG
        for line in kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else ():
            log.line(f"    {line}")
    return folder / NAME


@contextmanager
def writing(folder: Path, log: BuildLog, report: Report, output: Path) -> Iterator[None]:
    """Hold cargo's `output` for one build; afterwards `folder` has what it logged.

    Whoever copies the library out of `output` must be the one who built it.
    """

    def waiting() -> None:
        report("Waiting for another build of the same sources", Folder=output)

    with locked(output / "lock", waiting), log.copied(folder / LOG):
        yield
