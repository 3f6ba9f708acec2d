"""Takes the library that came with the package, if a builder made it and it loads in Lambda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.errors import BuildError
from sparta.package import native_source
from sparta.package.builders import record, source
from sparta.package.check_library import reason_against_core

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.target import Target


def place(target: Target) -> Path:
    """Return where the prebuilt library for `target` stands, or would stand."""
    made = record.recorded(target.architecture)
    return native_source.PACKAGE / (made.file if made else record.HOST_LIBRARY)


def reason_not_to(target: Target) -> str:
    """Return why the prebuilt library cannot be used for `target`; "" when it can."""
    library = place(target)
    reason = reason_against_core(library, target)
    if reason:
        return reason
    made = record.recorded(target.architecture)
    if made is None or made != record.made_of(library, made.file, made.builder, made.sources):
        return "it was linked on this machine, by none of the builders"
    if not native_source.CARRIED.is_dir() and made.sources != source.sparta().key():
        return "its sources have changed since it was built"
    return ""


def build(target: Target) -> Path:
    """Return the prebuilt library.

    Raises:
        BuildError: There is none, or it would not load in Lambda.
    """
    reason = reason_not_to(target)
    if reason:
        raise BuildError(
            f"the prebuilt library cannot be used: {reason}",
            where=str(place(target)),
            fix="use --builder zig, or install a wheel of Sparta that carries the library",
        )
    return place(target)
