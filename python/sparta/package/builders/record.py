"""Which builder made the libraries that stand in the package, and of what.

A library that `pip install` of the sources, or `maturin develop`, linked with this machine's own
linker stands at the same place as a released one; only what is recorded is ever put into an
archive.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sparta.package import native_source

if TYPE_CHECKING:
    from pathlib import Path

NAME = "_libraries/made.json"
HOST_LIBRARY = "_sparta.abi3.so"


@dataclass(frozen=True, slots=True)
class Made:
    """One library.

    Args:
        file: Where it stands, relative to the package's folder.
        sha256: Of its content.
        builder: What made it.
        sources: The hash of what it was made of, see `Source.key`.
    """

    file: str
    sha256: str
    builder: str
    sources: str


def made_of(library: Path, file: str, builder: str, sources: str) -> Made:
    """Return what to record of `library`, which will stand at `file` in the package."""
    return Made(file, hashlib.sha256(library.read_bytes()).hexdigest(), builder, sources)


def text_of(libraries: dict[str, Made]) -> str:
    """Return the record of libraries by architecture, as text."""
    return json.dumps({name: asdict(made) for name, made in libraries.items()}, indent=1) + "\n"


def recorded(architecture: str) -> Made | None:
    """Return what is recorded of the package's library for `architecture`; None for nothing."""
    try:
        text = (native_source.PACKAGE / NAME).read_text(encoding="utf-8")
        return Made(**json.loads(text)[architecture])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def file_for(architecture: str, host: str) -> str:
    """Return where the library for `architecture` stands in the package of a `host`."""
    return HOST_LIBRARY if architecture == host else f"_libraries/{architecture}/{HOST_LIBRARY}"
