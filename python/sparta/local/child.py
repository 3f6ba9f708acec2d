"""The child process as its parent sees it: spawned, asked for its identity, ended."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.errors import LocalError
from sparta.local.endpoint import read_state
from sparta.local.guard import IDENTITY_PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.local.endpoint import State

LAUNCH = Path(__file__).parent / "launch.py"
START_LIMIT_S = 60.0
STOP_LIMIT_S = 10.0
POLL_S = 0.02
ANSWER_LIMIT_S = 5.0

_PASSED = re.compile(
    r"PATH|HOME|TMPDIR|LANG|LC_.*|XDG_.*|PYENV_ROOT|ASDF_DATA_DIR|UV_.*|PIP_.*|SSL_CERT_.*"
    r"|REQUESTS_CA_BUNDLE|(?i:(http|https|no|all)_proxy)"
)
"""Variables the process needs to find interpreters and install packages; no AWS_ ones."""

_children: set[int] = set()
"""Those that this very process started, whose end it has to collect."""


def spawn(python: Path, arguments: Sequence[str], state_file: Path, log_file: Path) -> State:
    """Start the server and return its state when it answers.

    Args:
        python: The interpreter of the environment with ministack.
        arguments: Of `server.main`.
        state_file: Written by the server.
        log_file: Takes its output; what is in it is overwritten.

    Raises:
        LocalError: It ended, or did not answer in time; the log's last lines say why.
    """
    state_file.unlink(missing_ok=True)
    environment = {name: text for name, text in os.environ.items() if _PASSED.fullmatch(name)}
    # Not subprocess: its object complains when it is dropped while the process goes on, and going
    # on is what this process is for.
    pid = os.posix_spawn(
        python,
        [str(python), "-I", str(LAUNCH), *arguments],
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
    _children.add(pid)
    deadline_s = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline_s and _is_server(pid):
        state = read_state(state_file)
        if state and _ready(state):
            return state
        time.sleep(POLL_S)
    if _is_server(pid):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        _children.discard(pid)
    tail = log_file.read_text("utf-8", "replace").strip()[-2000:]
    raise LocalError(f"the local AWS did not start: {tail}", where=str(log_file))


def answers(state: State) -> bool:
    """Return whether the very process of this state is there and answers."""
    try:
        status, body = _get(state, IDENTITY_PATH)
        identity = json.loads(body) if status == http.client.OK else {}
    except (OSError, http.client.HTTPException, ValueError):
        return False
    wanted = {"pid": state.endpoint.pid, "fingerprint": state.fingerprint}
    return bool(identity == wanted)


def end(state: State) -> bool:
    """End the process of this state, by force if need be; return whether it ran.

    A process of the same number that is not a local AWS is left alone.
    """
    pid = state.endpoint.pid
    if not _is_server(pid):
        return False
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline_s = time.monotonic() + STOP_LIMIT_S
        while time.monotonic() < deadline_s:
            if not _is_server(pid):
                return True
            time.sleep(POLL_S)
    raise LocalError("the local AWS does not end", where=f"process {pid}")


def _ready(state: State) -> bool:
    try:
        return _get(state, "/_ministack/ready")[0] == http.client.OK
    except (OSError, http.client.HTTPException):
        return False


def _get(state: State, path: str) -> tuple[int, bytes]:
    address = state.endpoint.url.removeprefix("http://")
    connection = http.client.HTTPConnection(address, timeout=ANSWER_LIMIT_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _is_server(pid: int) -> bool:
    """Return whether this process is alive and runs our launch script."""
    if pid in _children:
        if os.waitpid(pid, os.WNOHANG) == (0, 0):
            return True
        _children.discard(pid)
        return False
    # A process that has ended but was not collected shows no command line, in either way.
    process = Path("/proc") / str(pid) / "cmdline"
    if Path("/proc/self/cmdline").exists():
        shown = process.read_bytes() if process.exists() else b""
    else:
        ask = ["/bin/ps", "-o", "args=", "-p", str(pid)]
        shown = subprocess.run(ask, capture_output=True, check=False).stdout  # noqa: S603
    return os.fsencode(LAUNCH) in shown
