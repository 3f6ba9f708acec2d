"""A process that stands before its exec until it is told to go, in its cgroup by then.

A shell of a few lines enters the group, says so, waits, and becomes the program: neither its
start nor entering is counted, exec and dynamic linking are.
"""

from __future__ import annotations

import subprocess
from typing import IO, TYPE_CHECKING

from sparta.measure.subject import MeasureError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sparta.measure.subject import Subject

_ENTER = 'while [ "$1" != -- ]; do echo $$ >"$1" || exit; shift; done; shift; echo; read -r go'
_SILENT = f'{_ENTER} && exec "$@" </dev/null >/dev/null'
_HEARD = f'{_ENTER} && exec "$@" </dev/null'


def launch(
    subject: Subject,
    environment: dict[str, str],
    entrances: Sequence[Path],
    errors: IO[bytes],
    *,
    heard: bool = False,
) -> subprocess.Popen[bytes]:
    """Start what will become `subject`, in a session of its own, and wait until it stands there.

    Args:
        subject: Its command and folder.
        environment: The whole of it.
        entrances: Files that it writes its number to.
        errors: Takes its standard error.
        heard: Whether its standard output comes to the pipe, rather than to nobody.

    Raises:
        MeasureError: It ended instead; `errors` has the reason.
    """
    shell = ["/bin/sh", "-c", _HEARD if heard else _SILENT, "sh", *map(str, entrances), "--"]
    process = subprocess.Popen(  # noqa: S603 - running what is measured is the point
        [*shell, *subject.command],
        cwd=subject.folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        start_new_session=True,
    )
    if process.stdout is None or not process.stdout.readline():
        process.kill()
        process.communicate()
        raise MeasureError(f"{subject.name}: it cannot be started")
    return process


def go(process: subprocess.Popen[bytes]) -> None:
    """Let it become its program."""
    if process.stdin is not None:
        process.stdin.write(b"\n")
        process.stdin.close()
