"""Starts a build in a process of its own and interrupts it, as Ctrl-C would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sparta.package.builders.source import Source

PROGRAM = """
import platform, sys
from pathlib import Path
from sparta.package.build_log import BuildLog
from sparta.package.builders.options import Options
from sparta.package.builders.source import Source
from sparta.package.library import library_for
from sparta.package.target import Target

architecture = {"x86_64": "x86_64", "aarch64": "arm64"}[platform.machine()]
builder, folder, log = sys.argv[1:]
source = Source(Path(folder), "tiny", "_tiny")
report = lambda message, **fields: None
library_for(Target("3.12", architecture), Options(builder), report, BuildLog(Path(log)), source)
"""
TIMEOUT_S = 60


def interrupt(builder: str, crate: Source, folder: Path, variables: Mapping[str, str]) -> str:
    """Interrupt a build of `crate`, whose build script never ends, once that script runs.

    Returns:
        The build's log.
    """
    log = folder / "interrupted.log"
    words = [sys.executable, "-c", PROGRAM, builder, str(crate.folder), str(log)]
    process = subprocess.Popen(
        words,
        env=os.environ | dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        started = _wait_for_script(process, Path(variables["XDG_CACHE_HOME"]))
        assert started.read_text().isdigit()
        process.send_signal(signal.SIGINT)
        shown, _ = process.communicate(timeout=TIMEOUT_S)
    finally:
        process.kill()
        process.communicate()
    assert "KeyboardInterrupt" in shown
    assert process.returncode != 0
    return log.read_text()


def _wait_for_script(process: subprocess.Popen[str], cache: Path) -> Path:
    """Return the file that the build script writes when it starts."""
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        for found in cache.rglob("out/started"):
            if found.read_text():
                return found
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0])
        time.sleep(0.1)
    raise AssertionError("the build script did not start")
