"""Runs a program that takes long: its lines are told and logged as they come.

It runs in a process group of its own, so that an interruption ends it with all its children.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sparta.package.build_log import BuildLog
    from sparta.package.report import Report

SILENCE_S = 20
"""After so long without a line, it is told that the program still runs."""
GRACE_S = 5
"""How long an interrupted program has to end by itself."""


def run(
    words: Sequence[str],
    *,
    folder: Path,
    log: BuildLog,
    report: Report,
    told: re.Pattern[str],
    variables: Mapping[str, str] | None = None,
    on_interruption: Callable[[], None] | None = None,
) -> tuple[int, list[str]]:
    """Run a program to its end.

    Args:
        words: The program and its arguments.
        folder: Its working folder.
        log: Gets the command, every line, and how it ended.
        report: Told the lines that match `told`, and after a silence that the program still runs.
        told: Which lines a user wants to see meanwhile.
        variables: Its variables beside those of this process; logged with the command.
        on_interruption: Ends what the program has started elsewhere.

    Returns:
        Its exit code (127 when there is no such program) and its lines, secrets hidden.
    """
    log.command(words, folder, variables or {})
    try:
        # Streams are merged: what was printed first comes first.
        process = subprocess.Popen(  # noqa: S603 - the caller's arguments, no shell
            words,
            cwd=folder,
            env=os.environ | dict(variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        log.line(f"it cannot be started: {error}")
        return 127, [str(error)]
    try:
        lines = _follow(process, words[0], log, report, told)
        code = process.wait()
    except BaseException:
        if on_interruption is not None:
            on_interruption()
        log.line("interrupted")
        raise
    finally:
        _end(process)
    log.line(f"exit code {code}")
    return code, lines


def _follow(
    process: subprocess.Popen[str],
    name: str,
    log: BuildLog,
    report: Report,
    told: re.Pattern[str],
) -> list[str]:
    """Return all lines of the process, after its last."""
    coming: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_read, args=(process, coming), daemon=True).start()
    lines: list[str] = []
    start = time.monotonic()
    while True:
        try:
            line = coming.get(timeout=SILENCE_S)
        except queue.Empty:
            report(f"{os.path.basename(name)} is still at it", Seconds=_since(start))  # noqa: PTH119
            continue
        if line is None:
            return lines
        line = log.masked(line.rstrip("\r\n"))
        log.line(line)
        lines.append(line)
        if told.search(line):
            report(line.strip())


def _read(process: subprocess.Popen[str], coming: queue.Queue[str | None]) -> None:
    assert process.stdout is not None  # noqa: S101 - for type checkers: it was asked for
    with process.stdout as stream:
        for line in stream:
            coming.put(line)
    coming.put(None)


def _since(start: float) -> int:
    return round(time.monotonic() - start)


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and its children, unless it has ended."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        try:
            process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait()


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, number)
    else:
        process.terminate()
