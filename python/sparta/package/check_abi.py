"""Says whether a library is an extension module that every supported Python can load.

The stable ABI is what all versions from 3.11 on offer: https://docs.python.org/3/c-api/stable.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from sparta.package import elf_symbols

ENTRY = "PyInit__sparta"
STABLE = Path(__file__).parent / "abi3-py311.txt"
"""The names of the stable ABI of Python 3.11, one a line; a test compares them with abi3info."""
OF_PYTHON = re.compile(r"_?Py[A-Z_]")
SHOWN_NAMES = 5


def reason_against(library: Path) -> str:
    """Return why `library` is no module `_sparta` for all Pythons; "" when it is.

    Args:
        library: An ELF shared library.
    """
    try:
        found = elf_symbols.read(library)
    except ValueError as error:
        return f"it is damaged: {error}"
    if ENTRY not in found.exported:
        return f"it is no Python module: it does not export {ENTRY}"
    pythons = [name for name in found.needed if name.startswith("libpython")]
    if pythons:
        return f"it is linked with {pythons[0]}, which Lambda's interpreter does not load"
    asked = {name for name in found.undefined if OF_PYTHON.match(name)}
    unstable = sorted(asked - _stable())
    if unstable:
        shown = ", ".join(unstable[:SHOWN_NAMES])
        return f"it uses what is not in Python's stable ABI: {shown}"
    return ""


@lru_cache(maxsize=1)
def _stable() -> frozenset[str]:
    return frozenset(STABLE.read_text(encoding="utf-8").split())
