"""The head of a log: name, version, interpreter, and what is about to be done."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.cli.build_id import git_sha

if TYPE_CHECKING:
    from sparta.cli.console import Console

_LOGO = (
    "┏━┓┏━┓┏━┓┏━┓╺┳╸┏━┓",
    "┗━┓┣━┛┣━┫┣┳┛ ┃ ┣━┫",
    "┗━┛╹  ╹ ╹╹┗╸ ╹ ╹ ╹",
)


def sparta_version() -> str:
    """Return the version of the installed distribution."""
    try:
        return version("sparta")
    except PackageNotFoundError:  # run from sources that were never installed
        return "unreleased"


def sparta_sha() -> str:
    """Return the commit of Sparta's own working tree, seven digits; `released` outside of one."""
    top = Path(__file__).resolve().parents[3]
    if not (top / "Cargo.toml").is_file():
        return "released"
    sha = git_sha(top)
    return sha[:7] if sha else "uncommitted"


def banner(console: Console) -> None:
    """Log the logo with version, commit and interpreter, between two rules."""
    facts = (
        f"Version : {sparta_version()}",
        f"SHA     : {sparta_sha()}",
        f"Python  : {platform.python_version()}",
    )
    console.rule()
    for line, fact in zip(_LOGO, facts, strict=True):
        console(f"{line}   {fact}")
    console.rule()


def service(console: Console, name: str, option: str, **fields: object) -> None:
    """Log which service is worked on, by which command, when."""
    utc = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    console(f"Service: {name}", Option=option, **fields, UTC=utc)
    console.rule()
