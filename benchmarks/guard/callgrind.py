"""Instructions and system calls of a process, by valgrind: nearly the same in every run.

What makes counts wander is held still: the seed of hashes (`-I` would ignore PYTHONHASHSEED, so
what else it stands for is given instead), the places of libraries in memory, the ids of events.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from event import EVENT
from sparta.local.runtime_api import Invocation, RuntimeApi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sparta.measure.subject import Subject

READY_S = 120.0
_STILL = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
_SEEDED = {"-I": "-sP", "-IS": "-sPS"}
_CALL = re.compile(r"^SYSCALL\[[\d,]+\]\( *\d+\) sys_", re.MULTILINE)
"""A call that waits has a second line, without its name, when it returns."""
_INSTRUCTIONS = re.compile(r"Collected : (\d+)")
_IMPORTED = re.compile(r"^import time: +\d+ \| +\d+ \|\s*(\S+)$", re.MULTILINE)
_ID = "00000000-0000-4000-8000-{:012d}"


class Cost(NamedTuple):
    """What a process had executed when it ended."""

    instructions: int
    calls: int


class GuardError(RuntimeError):
    """A process did not do what is counted."""


def unavailable() -> str | None:
    """Return why nothing can be counted here, or None where it can."""
    missing = [name for name in ("valgrind", "setarch") if shutil.which(name) is None]
    return f"no {' and no '.join(missing)} on this machine" if missing else None


def served(subject: Subject, events: int) -> Cost:
    """Return what a runtime had executed after so many events, when it waited for the next.

    Raises:
        GuardError: It does not come up, answers with an error, or was not counted.
    """
    with tempfile.TemporaryDirectory(prefix="sparta-guard-") as folder, RuntimeApi() as api:
        log = Path(folder) / "log"
        environment = {**subject.environment, **_STILL, "AWS_LAMBDA_RUNTIME_API": api.address}
        with subprocess.Popen(
            _counted(subject.command, log),
            env=environment,
            cwd=subject.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                _serve(api, subject.name, events)
                # Waiting for an event that does not come, it ends as Lambda ends it.
                process.send_signal(signal.SIGTERM)
                process.wait(READY_S)
            finally:
                process.kill()
        return _cost(log, subject.name)


def ran(command: Sequence[str], environment: Mapping[str, str], name: str) -> Cost:
    """Return what a process that ends by itself executed.

    Raises:
        GuardError: It failed, or was not counted.
    """
    with tempfile.TemporaryDirectory(prefix="sparta-guard-") as folder:
        log = Path(folder) / "log"
        done = subprocess.run(
            _counted(command, log), env={**environment, **_STILL}, capture_output=True, check=False
        )
        if done.returncode:
            raise GuardError(f"{name}: exit status {done.returncode}\n{done.stderr.decode()}")
        return _cost(log, name)


def imported(subject: Subject) -> list[str]:
    """Return the modules that a start imports up to the first `/next`, sorted.

    Raises:
        GuardError: It does not come up.
    """
    program, *rest = subject.command
    command = [program, "-X", "importtime", *rest]
    with RuntimeApi() as api:
        environment = {**subject.environment, **_STILL, "AWS_LAMBDA_RUNTIME_API": api.address}
        with subprocess.Popen(
            command,
            env=environment,
            cwd=subject.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            try:
                if not api.wait_ready(READY_S):
                    raise GuardError(f"{subject.name}: no first /next")
            finally:
                process.kill()
            _, text = process.communicate()
    return sorted(set(_IMPORTED.findall(text.decode())))


def _counted(command: Sequence[str], log: Path) -> list[str]:
    seeded = [_SEEDED.get(word, word) for word in command]
    counting = ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--trace-syscalls=yes"]
    return ["setarch", "-R", "valgrind", *counting, f"--log-file={log}", *seeded]


def _serve(api: RuntimeApi, name: str, events: int) -> None:
    if not api.wait_ready(READY_S):
        raise GuardError(f"{name}: no first /next")
    for number in range(events):
        outcome = api.invoke(Invocation(EVENT, request_id=_ID.format(number)))
        if outcome.kind != "response":
            raise GuardError(f"{name}: {outcome.kind}: {outcome.body.decode()}")
    if events and not api.wait_ready(READY_S):
        raise GuardError(f"{name}: it does not come back for another event")


def _cost(log: Path, name: str) -> Cost:
    text = log.read_text(encoding="utf-8", errors="replace")
    found = _INSTRUCTIONS.search(text)
    if found is None:
        raise GuardError(f"{name}: valgrind counted nothing: {text[-500:]}")
    return Cost(int(found[1]), len(_CALL.findall(text)))
