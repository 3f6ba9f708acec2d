"""Sizes of bytes for people."""

from __future__ import annotations

_STEP = 1000


def humanised(size_bytes: int) -> str:
    """Return `size_bytes` as people read it: `512 B`, `2.2 kB`, `13 MB`."""
    size = float(size_bytes)
    for unit in ("B", "kB", "MB"):
        if size < _STEP:
            whole = unit == "B" or size >= 10  # noqa: PLR2004 - two digits say enough
            return f"{size:.0f} {unit}" if whole else f"{size:.1f} {unit}"
        size /= _STEP
    return f"{size:.1f} GB"
