"""Joins `Cargo.lock` files: the versions that Sparta was tested with, and those of the user."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 4
"""Of the file format."""


def merged(locks: Iterable[str]) -> str:
    """Return one lock file with every package that `locks` hold from registries or repositories.

    Cargo drops what nothing needs, and adds packages without a source, which stand in folders.

    Args:
        locks: The texts of lock files.
    """
    packages: dict[tuple[str, str, str], dict[str, Any]] = {}
    for text in locks:
        for package in tomllib.loads(text).get("package", ()):
            if "source" in package:
                key = (package["name"], package["version"], package["source"])
                packages.setdefault(key, package)
    blocks = [f"version = {VERSION}\n"]
    for _, package in sorted(packages.items()):
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in package.items()]
        blocks.append("".join(["[[package]]\n", *lines]))
    return "\n".join(blocks)
