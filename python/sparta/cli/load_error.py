"""Errors that an application's own file raises while it is loaded, told as problems of it."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from sparta.app.main_module import importable
from sparta.errors import DeclarationError, SpartaError


def load_error(error: BaseException, app_file: Path) -> SpartaError:
    """Return `error` as what the user can act on: which line of which file, and what to do.

    Args:
        error: What running the file raised.
        app_file: The file that was run.
    """
    if isinstance(error, SpartaError):
        for problem in error.problems:
            problem.where = problem.where or _line(error, app_file)
        return error
    if isinstance(error, SyntaxError):
        where = f"{error.filename}:{error.lineno}"
        fix = "correct the line, or look at the one before it"
        return DeclarationError(f"SyntaxError: {error.msg}", where=where, fix=fix)
    if isinstance(error, SystemExit):
        what = f"It ends with exit code {error.code} while it is loaded"
        fix = 'keep what ends the process below if __name__ == "__main__":'
        return DeclarationError(what, where=_line(error, app_file), fix=fix)
    what = f"{type(error).__name__}: {error}"
    return DeclarationError(what, where=_line(error, app_file), fix=_fix(error))


def show(error: BaseException, app_file: str) -> None:
    """Print `error` as the command line prints errors, for a script that could not be loaded."""
    from sparta.cli.console import Console

    console = Console()
    for problem in load_error(error, Path(app_file).resolve()).problems:
        console.error(problem)


def _line(error: BaseException, app_file: Path) -> str:
    """Return file and line of the last frame in the user's own code."""
    root = Path(importable(str(app_file))[0])
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if _is_own(Path(frame.filename), root)
    ]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else str(app_file)


def _is_own(file: Path, root: Path) -> bool:
    return file.is_relative_to(root) and "site-packages" not in file.parts


def _fix(error: BaseException) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"Install {error.name} into the environment of {sys.executable}"
    return "Run with --debug to see the whole traceback"
