"""`.sparta/build.log`: every command that made something, and all it printed.

The values of `SPARTA_...` variables are shown as asterisks, whoever printed them: they may be
secrets that a build needs.
"""

from __future__ import annotations

import os
import re
import shlex
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PREFIX = "SPARTA_"
SETTINGS = frozenset({"SPARTA_BASE_IMAGE", "SPARTA_RUST_TOOLCHAIN"})
"""Variables that Sparta itself reads; their values are no secrets."""
SHORTEST = 4
"""Characters of a value that is hidden; what is shorter is no secret, and part of many words."""


def forwarded() -> list[str]:
    """Return the names of the variables that a build in a container gets."""
    return sorted(name for name in os.environ if name.startswith(PREFIX))


def secrets() -> re.Pattern[str] | None:
    """Return what matches the value of any variable that must not be shown; None for none."""
    values = {os.environ[name] for name in forwarded() if name not in SETTINGS}
    lines = {line for value in values for line in [value, *value.splitlines()]}
    hidden = sorted((line for line in lines if len(line) >= SHORTEST), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, hidden))) if hidden else None


class BuildLog:
    """One run's log; the file is begun anew by the first line.

    Args:
        path: The file; its folder is made too.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._secrets = secrets()
        self._begun = False
        self._copy: list[str] | None = None

    def masked(self, text: str) -> str:
        """Return `text` with asterisks in place of secrets."""
        return self._secrets.sub("***", text) if self._secrets else text

    def command(self, words: Sequence[str], folder: Path, variables: Mapping[str, str]) -> None:
        """Write down a command that is about to run, as a shell would take it."""
        given = [f"{name}={value}" for name, value in sorted(variables.items())]
        shown = shlex.join(["env", *given, *words] if given else words)
        self.line(f"$ cd {shlex.quote(str(folder))} && {shown}")

    def line(self, text: str) -> None:
        """Write one line."""
        shown = self.masked(text).rstrip("\n")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a" if self._begun else "w", encoding="utf-8") as file:
            file.write(shown + "\n")
        self._begun = True
        if self._copy is not None:
            self._copy.append(shown)

    @contextmanager
    def copied(self, path: Path) -> Iterator[None]:
        """Write what is logged meanwhile to `path` too, at the end; nothing after an error."""
        self._copy = []
        try:
            yield
            path.write_text("".join(f"{line}\n" for line in self._copy), encoding="utf-8")
        finally:
            self._copy = None
