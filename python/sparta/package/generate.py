"""Runs the project's own generator before anything is packaged.

    [tool.sparta]
    generate = "python tools/make_schemas.py"

The command is one text, split into words as a shell would split it, or a list of words; no shell
runs it. Its working folder is that of `pyproject.toml`.
"""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from typing import TYPE_CHECKING

from sparta.errors import PackageError
from sparta.package.command import run

if TYPE_CHECKING:
    from pathlib import Path

    from sparta.package.build_log import BuildLog
    from sparta.package.report import Report

SETTING = "[tool.sparta] generate"
EVERY_LINE = re.compile(r"\S")
SHOWN_LINES = 20


def generate(project: Path, report: Report, log: BuildLog) -> None:
    """Run what `[tool.sparta] generate` of the project names, if it names anything.

    Args:
        project: The folder of `pyproject.toml`.
        report: Told the command and each line that it prints.
        log: Gets the same.

    Raises:
        PackageError: The setting is no command, or the command failed.
    """
    words = _command(project / "pyproject.toml")
    if not words:
        return
    report("Running generator", Command=log.masked(shlex.join(words)))
    code, lines = run(words, folder=project, log=log, report=report, told=EVERY_LINE)
    if code != 0:
        last = "\n".join(lines[-SHOWN_LINES:]).strip()
        raise PackageError(
            f"`{log.masked(shlex.join(words))}` ended with exit code {code}",
            where=f"{project / 'pyproject.toml'}: {SETTING}",
            fix=f"it says (all of it is in {log.path}):\n{last}",
        )


def _command(file: Path) -> list[str]:
    """Return the words of the command; none when there is no such setting."""
    if not file.is_file():
        return []
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        setting = document.get("tool", {}).get("sparta", {}).get("generate", [])
        words = shlex.split(setting) if isinstance(setting, str) else setting
    except ValueError as error:
        raise PackageError(f"it cannot be read: {error}", where=f"{file}: {SETTING}") from error
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        fix = 'write generate = "python tools/generate.py", or a list of words'
        raise PackageError("it is no command", where=f"{file}: {SETTING}", fix=fix)
    # "python" is the one that provisions, whatever PATH says.
    return [sys.executable, *words[1:]] if words[:1] in (["python"], ["python3"]) else words
