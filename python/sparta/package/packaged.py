"""The two nouns of this package: one file of an archive, and the archive that was made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparta.app.targets import CODE_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

APPLICATION = "application"
"""Owner of the files that are the user's own."""
SPARTA = "sparta"
"""Owner of the files that Sparta adds."""


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """One file of an archive.

    Args:
        path: Where it stands in the archive: relative, with forward slashes.
        owner: Who brings it: `APPLICATION`, `SPARTA`, or the name of a distribution.
        source: The file it is a copy of; None when its bytes are in `content`.
        content: Its bytes, when it was generated.
        executable: Whether its mode is 755, not 644.
    """

    path: str
    owner: str
    source: Path | None = None
    content: bytes = b""
    executable: bool = False
    _digest: list[str] = field(default_factory=list[str], init=False, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        """Of the file's bytes, in hexadecimal; they are read once, whoever asks."""
        if not self._digest:
            self._digest.append(hashlib.sha256(self.read()).hexdigest())
        return self._digest[0]

    def read(self) -> bytes:
        """Return the file's bytes."""
        return self.content if self.source is None else self.source.read_bytes()

    @property
    def is_python(self) -> bool:
        """Whether it is Python source."""
        return self.path.endswith(".py")


@dataclass(frozen=True, slots=True)
class Package:
    """The archive that was made.

    Args:
        archive: The ZIP file.
        sha256: Of the archive's bytes, in hexadecimal; the same for the same content everywhere.
        size_bytes: Of the archive.
        unzipped_bytes: Of all files in it.
        files: The files, in the order of the archive.
        notes: What the user should know: left out, overridden, not compiled.
        layers: The layers beside it, by name.
        parameter: The template's parameter that takes its key.
        others: The archives of functions on another Python or processor.
        sites: The archives of sites, by the template's parameters that take their keys.
    """

    archive: Path
    sha256: str
    size_bytes: int
    unzipped_bytes: int
    files: tuple[PackagedFile, ...]
    notes: tuple[str, ...] = ()
    layers: Mapping[str, Package] = field(default_factory=dict[str, "Package"])
    parameter: str = CODE_KEY
    others: tuple[Package, ...] = ()
    sites: Mapping[str, Package] = field(default_factory=dict[str, "Package"])
