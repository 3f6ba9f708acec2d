"""How a function's name becomes the names that AWS and Python accept."""

from __future__ import annotations


def sanitised(name: str) -> str:
    r"""Return `name` with each run of characters outside `[A-Za-z0-9_]` replaced by one `_`.

    The same as `re.sub(r"\\W+", "_", name, flags=re.ASCII)`, without importing `re`.
    """
    kept = [char if (char.isascii() and char.isalnum()) or char == "_" else " " for char in name]
    text = "".join(kept)
    pieces = text.split(" ")
    inner = [piece for piece in pieces if piece]
    start = "_" if text.startswith(" ") else ""
    end = "_" if text.endswith(" ") and inner else ""
    return f"{start}{'_'.join(inner)}{end}"


def entry_name(name: str) -> str:
    """Return the name of the function's entry in the archive's `index.py`."""
    text = sanitised(name)
    return f"_{text}" if text[:1].isdigit() else text
