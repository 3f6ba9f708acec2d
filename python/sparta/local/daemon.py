"""Starts, finds and stops the local AWS of a project: one detached process for each project.

Its state lies in `<project>/.sparta/local/`. Nothing that is deployed to it outlives it: `stop`
and `reset` forget everything. It ends by itself when its state file goes away.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from typing import TYPE_CHECKING

from sparta.errors import LocalError
from sparta.local import child
from sparta.local.endpoint import Endpoint, read_state
from sparta.local.installed import REQUIREMENTS, environment, python_of
from sparta.local.managed_runtime import managed_runtime, running_minor
from sparta.package.interpreters import find
from sparta.package.locked import locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sparta.local.endpoint import State

__all__ = ["Endpoint", "logs", "reset", "start", "status", "stop"]

STATE_FILE = "state.json"
LOG_FILE = "log.txt"


def _silent(_message: str, **_fields: object) -> None:
    """Report nothing."""


def start(project: Path, *, iam: bool = True, report: Callable[..., None] = _silent) -> Endpoint:
    """Return the project's local AWS, started when it does not run.

    Args:
        project: The folder that `.sparta` is in.
        iam: Whether roles and policies are enforced.
        report: Called with a message and fields about what takes time.

    Raises:
        LocalError: It cannot be installed or started, or runs with another `iam`.
    """
    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "lock"):
        state = _running(folder)
        if state and state.fingerprint == _fingerprint() and state.endpoint.iam == iam:
            return state.endpoint
        if state and state.endpoint.iam != iam:
            raise LocalError(
                f"the local AWS runs with iam={state.endpoint.iam}, and holds what was deployed",
                where=state.endpoint.url,
                fix="sparta local stop, then start it again as wanted",
            )
        if state:
            report("The local AWS was started by another version of Sparta: restarting it, empty")
        _stop(folder)
        return _start(folder, iam=iam, report=report)


def status(project: Path) -> Endpoint | None:
    """Return the project's local AWS if it runs and answers, else None."""
    state = _running(_folder(project))
    return state.endpoint if state else None


def stop(project: Path) -> bool:
    """End the project's local AWS and every function in it; return whether it ran."""
    folder = _folder(project)
    if not folder.exists():
        return False
    with locked(folder / "lock"):
        return _stop(folder)


def reset(project: Path, *, report: Callable[..., None] = _silent) -> Endpoint:
    """Return the project's local AWS, empty: started anew, where possible at the same address.

    Raises:
        LocalError: As for `start`.
    """
    folder = _folder(project)
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / "lock"):
        state = read_state(folder / STATE_FILE)
        port = int(state.endpoint.url.rpartition(":")[2]) if state else 0
        _stop(folder)
        iam = state.endpoint.iam if state else True
        return _start(folder, iam=iam, report=report, port=port)


def logs(project: Path) -> str:
    """Return what the local AWS and its functions wrote since it was started."""
    try:
        return (_folder(project) / LOG_FILE).read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""


def _folder(project: Path) -> Path:
    return project.resolve() / ".sparta" / "local"


def _fingerprint() -> str:
    """Return a hash of what the process is made of: our code and the pinned packages."""
    files = sorted(REQUIREMENTS.parent.rglob("*.py")) + sorted(REQUIREMENTS.glob("*.txt"))
    parts = hashlib.sha256()
    for file in files:
        parts.update(file.read_bytes())
    return parts.hexdigest()[:16]


def _running(folder: Path) -> State | None:
    state = read_state(folder / STATE_FILE)
    return state if state and child.answers(state) else None


def _start(folder: Path, *, iam: bool, report: Callable[..., None], port: int = 0) -> Endpoint:
    interpreter = find(running_minor())
    if interpreter is None:
        raise LocalError(f"the CPython {running_minor()} behind this process cannot be run")
    python = python_of(environment("ministack", interpreter, report))
    # Functions need this one first; another version's is installed when it is asked for.
    managed_runtime(f"python{running_minor()}", report)
    arguments = [
        *("--state", str(folder / STATE_FILE)),
        *("--log", str(folder / LOG_FILE)),
        *("--fingerprint", _fingerprint()),
        *("--port", str(port)),
    ]
    if not iam:
        arguments.append("--no-iam")
    return child.spawn(python, arguments, folder / STATE_FILE, folder / LOG_FILE).endpoint


def _stop(folder: Path) -> bool:
    state = read_state(folder / STATE_FILE)
    if state is None:
        return False
    ran = child.end(state)
    with contextlib.suppress(FileNotFoundError):
        (folder / STATE_FILE).unlink()
    shutil.rmtree(state.work_folder, ignore_errors=True)  # left there by a killed process
    return ran
