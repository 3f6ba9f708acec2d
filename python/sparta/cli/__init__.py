"""The command line: `sparta <command>`, and `python app.py <command>`, which is the same.

Commands are imported when they are called, so that `sparta --help` stays fast. Only this package
knows exit codes, colours and how a line of the log looks.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from sparta.cli.group import sparta
from sparta.cli.session import Session

if TYPE_CHECKING:
    from sparta.app.application import Declaration


def main() -> None:
    """Run the console script `sparta`; it finds the application by itself."""
    _never_fail_to_print()
    sparta(obj=Session(), prog_name="sparta")


def run(declaration: Declaration) -> None:
    """Run the command line of an application that was started as a script.

    Args:
        declaration: The arguments of `sparta.main`.
    """
    _never_fail_to_print()
    sparta(obj=Session(declaration=declaration, is_script=True), prog_name=f"python {sys.argv[0]}")


def _never_fail_to_print() -> None:
    """Show `?` for what the terminal's encoding lacks: rules, the logo, a user's own words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
