"""Takes the library that stands beside the package, if it would load in Lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import native_source
from sparta.package.check_library import reason_against

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.target import Target

NAME = "_sparta.abi3.so"


def place() -> Path:
    """Return where a prebuilt library stands: in the package itself."""
    return native_source.PACKAGE / NAME


def reason_not_to(target: Target) -> str:
    """Return why the prebuilt library cannot be used for `target`; "" when it can."""
    library = place()
    reason = reason_against(library, target)
    if reason or native_source.CARRIED.is_dir():
        return reason
    # In a working tree the library may be older than what it is made of.
    built = library.stat().st_mtime
    newer = [f for f in native_source.input_files(native_source.folder()) if _changed(f) > built]
    return f"it is older than {newer[0].name}, one of its sources" if newer else ""


def build(target: Target) -> Path:
    """Return the prebuilt library.

    Raises:
        BuildError: There is none, or it would not load in Lambda.
    """
    reason = reason_not_to(target)
    if reason:
        raise BuildError(
            f"the prebuilt library cannot be used: {reason}",
            where=str(place()),
            fix="use --builder zig, or install a wheel of Sparta that carries the library",
        )
    return place()


def _changed(file: Path) -> float:
    return file.stat().st_mtime
