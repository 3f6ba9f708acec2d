"""Says whether a built library would load in a Lambda runtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sparta.package import check_abi, elf

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.target import Target


def reason_against(library: Path, target: Target) -> str:
    """Return why `library` cannot be used for `target`; "" when it can.

    Checked are: a 64-bit ELF shared library, the processor, the highest glibc symbol.
    """
    if not library.is_file():
        return "it does not exist"
    try:
        found = elf.read(library)
    except ValueError as error:
        return f"it is {error}"
    if found.machine != target.architecture:
        return f"it is for {found.machine}, the functions run on {target.architecture}"
    if found.glibc > target.glibc:
        needed, there = (f"{major}.{minor}" for major, minor in (found.glibc, target.glibc))
        return f"it needs glibc {needed}, python{target.python} on Lambda has {there}"
    return ""


def reason_against_core(library: Path, target: Target) -> str:
    """Return why `library` cannot be the native core on `target`; "" when it can.

    Checked is, beyond what `reason_against` checks, that every supported Python can load it.
    """
    return reason_against(library, target) or check_abi.reason_against(library)
