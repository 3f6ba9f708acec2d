"""What of an application goes into layers: large dependencies, and those of single functions.

A layer is named by its content and made anew only when that changes, so that a change of the code
uploads the code alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sparta.app.layers import BASE_LAYER, group_layer
from sparta.package import bytecode, sizes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sparta.package.dependencies import Installed
    from sparta.package.packaged import PackagedFile
    from sparta.package.target import Target

MEGABYTE = 1024 * 1024


def divided(
    installed: Installed, over_mb: float
) -> tuple[tuple[PackagedFile, ...], dict[str, tuple[PackagedFile, ...]]]:
    """Return the dependencies that go beside the code, and those of each layer by its name.

    Args:
        installed: All dependencies.
        over_mb: The size, unzipped, over which those of every function get a layer.
    """
    found = {group_layer(name): files for name, files in installed.groups.items() if files}
    if sizes.bytes_of(installed.base) <= over_mb * MEGABYTE:
        return installed.base, found
    return (), {BASE_LAYER: installed.base, **found}


def complete(files: Iterable[PackagedFile], target: Target, kept: Path) -> tuple[PackagedFile, ...]:
    """Return the files of a layer as they stand in it, with their bytecode.

    Args:
        files: Its files as they stand in `site-packages`.
        target: The runtime that imports them.
        kept: Where what was made once is kept.
    """
    # Lambda has `/opt/python` on the search path, behind the code.
    placed = [replace(file, path=f"python/{file.path}") for file in files]
    made, _ = bytecode.compiled(placed, target, kept / "bytecode", bytecode.LAYER_ROOT)
    return (*placed, *made)


def place_of(code: Path, name: str) -> Path:
    """Return the ZIP file of a layer: beside that of the code, its name alike."""
    return code.with_name(f"{code.stem.removesuffix('-code')}-{name}-layer.zip")
