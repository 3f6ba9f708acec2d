"""What Lambda's image of a Python runtime has, on this machine: an interpreter and its packages."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import LocalError
from sparta.local.installed import environment, python_of
from sparta.package.interpreters import find

if TYPE_CHECKING:
    from collections.abc import Callable

MINORS = ("3.11", "3.12", "3.13", "3.14")
_IDENTIFIER = re.compile(r"python(3\.\d+)")


@dataclass(frozen=True, slots=True)
class ManagedRuntime:
    """Where things are that a function finds under `/var/lang` and `/var/runtime` on Lambda.

    Args:
        minor: Such as "3.12".
        interpreter: Stands for `/var/lang/bin/python3.12`.
        site_packages: Stands for `/var/lang/lib/python3.12/site-packages` and for `/var/runtime`:
            AWS's client, simplejson and boto3, nothing else.
        bootstrap: Stands for `/var/runtime/bootstrap.py`.
    """

    minor: str
    interpreter: Path
    site_packages: Path
    bootstrap: Path = Path(__file__).parent / "var_runtime" / "bootstrap.py"


def running_minor() -> str:
    """Return the minor version of this interpreter, such as "3.12"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def managed_runtime(
    identifier: str, report: Callable[..., None] = lambda _message, **_fields: None
) -> ManagedRuntime:
    """Return the runtime of this identifier, with its packages installed where they were not.

    Args:
        identifier: Lambda's, such as "python3.12".
        report: Called when packages have to be installed first.

    Raises:
        LocalError: It is no Python runtime, this machine has no such interpreter, or a package
            cannot be installed.
    """
    match = _IDENTIFIER.fullmatch(identifier)
    if not match:
        raise LocalError(
            f'the local AWS cannot run the runtime "{identifier}"', fix="it runs python3.11 to 3.14"
        )
    minor = match[1]
    interpreter = find(minor)
    if interpreter is None:
        found = [version for version in MINORS if find(version)]
        raise LocalError(
            f"this machine has no CPython {minor}, which a {identifier} function needs",
            fix=f"install it, or deploy for one that is here: {', '.join(found)}",
        )
    folder = environment("runtime", interpreter, report)
    return ManagedRuntime(
        minor, python_of(folder), folder / "lib" / f"python{minor}" / "site-packages"
    )
