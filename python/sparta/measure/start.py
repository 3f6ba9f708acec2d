"""One start of one subject, measured: `measure`.

CPU time is read from outside, from the subject's cgroup, so that its children are in it; where no
group can be made, from the clocks of its processes. Nothing is read before the subject is at rest.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import tempfile
import time
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Protocol

from sparta.local.runtime_api import Invocation, Outcome, RuntimeApi
from sparta.measure import cgroup, processes
from sparta.measure.launch import go, launch
from sparta.measure.spread import percentile
from sparta.measure.subject import MeasureError, Sample, Subject

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from sparta.measure.regime import Regime

READY_LIMIT_S = 30.0
ANSWER_LIMIT_S = 30.0
THROTTLED_LIMIT_S = 180.0
"""What replaces the two where a subject gets a part of a core."""
QUIET_S = 0.002
"""A subject whose account stands still for so long, with no thread that could run, is at rest."""
REST_LIMIT_S = 3.0
"""One with timers of its own is taken as it is after this."""
ERROR_CHARACTERS = 4000


class _Account(Protocol):
    def cpu_ns(self) -> int: ...
    def pids(self) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class _Started:
    """A subject that was told to go, and what stood on the clocks at that moment."""

    process: subprocess.Popen[bytes]
    account: _Account
    group: cgroup.Group | None
    cpu_ns: int
    wall_ns: int


def measure(
    subject: Subject,
    event: bytes,
    *,
    warm_events: int,
    regime: Regime,
    check: Callable[[Outcome], None] | None = None,
) -> Sample:
    """Start `subject` once and return what it cost.

    Args:
        subject: What to start.
        event: What it is sent, each time.
        warm_events: Events after the first one, sent one after the other; at least 1.
        regime: How much of a core it gets, and when.
        check: Looks at the first and the last answer and raises if one is wrong. Every other
            answer must be of the first one's kind, and without `check` a response.

    Raises:
        MeasureError: It did not come up, or answered wrongly; or the regime limits the CPU and
            no cgroup can be made here.
    """
    collects = gc.isenabled()
    gc.disable()  # a collection of the server would be in the wall time of some event
    try:
        if subject.serves:
            return _serving(subject, event, warm_events, regime, check)
        return _ending(subject, regime)
    finally:
        if collects:
            gc.enable()


@contextlib.contextmanager
def _started(
    subject: Subject, environment: dict[str, str], regime: Regime, *, heard: bool = False
) -> Iterator[_Started]:
    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        group = None
        if regime.throttles or cgroup.unavailable() is None:
            group = stack.enter_context(cgroup.group())
        entrances = group.entrances if group else []
        try:
            process = launch(subject, environment, entrances, errors, heard=heard)
            account = group or processes.Session(process.pid)
            stack.callback(_end, process, account)
            if group is not None:
                group.throttle(regime.init_share)
            # Before it is told to go: on one CPU it may run ahead of this process at once.
            one = _Started(process, account, group, account.cpu_ns(), time.perf_counter_ns())
            go(process)
            yield one
        except MeasureError as error:
            text = _last_words(errors)
            raise MeasureError(f"{error}\n{text}" if text else str(error)) from error


def _end(process: subprocess.Popen[bytes], account: _Account) -> None:
    processes.kill(account.pids())
    process.kill()
    process.wait()
    processes.kill(account.pids())  # what was started meanwhile
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode("utf-8", "replace").strip()[-ERROR_CHARACTERS:]


def _ending(subject: Subject, regime: Regime) -> Sample:
    """Measure a process that ends by itself; a second start that waits tells its memory."""
    with _started(subject, subject.environment, regime) as one:
        os.waitid(os.P_PID, one.process.pid, os.WEXITED | os.WNOWAIT)
        wall_ms = (time.perf_counter_ns() - one.wall_ns) / 1e6
        cpu_ms = (one.account.cpu_ns() - one.cpu_ns) / 1e6
        if one.process.wait() != 0:
            raise MeasureError(f"{subject.name}: exit status {one.process.returncode}")
    # Its end is the moment its memory is gone: only of `python -c ...` is a start that waits known.
    waits = any(re.fullmatch("-[A-Za-z]*c", word) for word in subject.command[-2:-1])
    return Sample(cpu_ms, wall_ms, peak_mib=_peak_of_waiting(subject, regime) if waits else None)


def _peak_of_waiting(subject: Subject, regime: Regime) -> float:
    text = "import posix; posix.write(1, b'.'); posix.read(posix.pipe()[0], 1)"
    waiting = replace(subject, command=[*subject.command[:-1], text])
    with _started(waiting, waiting.environment, regime, heard=True) as one:
        if one.process.stdout is None or one.process.stdout.read(1) != b".":
            raise MeasureError(f"{subject.name}: it does not start")
        return processes.peak_mib(one.account.pids())


def _serving(
    subject: Subject,
    event: bytes,
    warm_events: int,
    regime: Regime,
    check: Callable[[Outcome], None] | None,
) -> Sample:
    with RuntimeApi() as api:
        environment = {**subject.environment, "AWS_LAMBDA_RUNTIME_API": api.address}
        with _started(subject, environment, regime) as one:
            api.watch(one.process)
            if not api.wait_ready(THROTTLED_LIMIT_S if regime.throttles else READY_LIMIT_S):
                ended = api.invoke(Invocation(event, deadline_ms=int(time.time() * 1000) + 100))
                raise MeasureError(f"{subject.name}: no first /next: {_said(ended)}")
            init_wall_ms = (time.perf_counter_ns() - one.wall_ns) / 1e6
            init_ns = _at_rest_ns(one.account)
            if one.group is not None:
                one.group.throttle(regime.invoke_share)
            limit_s = THROTTLED_LIMIT_S if regime.throttles else ANSWER_LIMIT_S

            def timed() -> tuple[float, Outcome]:
                invocation = Invocation(event, deadline_ms=int((time.time() + limit_s) * 1000))
                sent_ns = time.perf_counter_ns()
                outcome = api.invoke(invocation)
                answered_ms = (time.perf_counter_ns() - sent_ns) / 1e6
                if not api.wait_idle(limit_s):
                    raise MeasureError(f"{subject.name}: it did not come back: {_said(outcome)}")
                return answered_ms, outcome

            first_wall_ms, first = timed()
            _checked(subject, first, check)
            first_ns = _at_rest_ns(one.account)
            walls_ms, last = [], first
            for _ in range(warm_events):
                wall_ms, last = timed()
                walls_ms.append(wall_ms)
                if last.kind != first.kind:
                    raise MeasureError(f"{subject.name}: {_said(last)}")
            warm_ns = _at_rest_ns(one.account)
            _checked(subject, last, check)
            return Sample(
                init_cpu_ms=(init_ns - one.cpu_ns) / 1e6,
                init_wall_ms=init_wall_ms,
                first_cpu_ms=(first_ns - init_ns) / 1e6,
                first_wall_ms=first_wall_ms,
                warm_cpu_ms=(warm_ns - first_ns) / 1e6 / warm_events,
                warm_wall_mean_ms=sum(walls_ms) / warm_events,
                warm_wall_p99_ms=percentile(walls_ms, 99),
                peak_mib=processes.peak_mib(one.account.pids()),
            )


def _at_rest_ns(account: _Account) -> int:
    """Return the CPU time once nothing of the subject runs or waits for its quota."""
    deadline_s = time.monotonic() + REST_LIMIT_S
    before = -1
    while (now := account.cpu_ns()) != before or processes.busy(account.pids()):
        if time.monotonic() > deadline_s:
            break
        before = now
        time.sleep(QUIET_S)
    return now


def _checked(subject: Subject, outcome: Outcome, check: Callable[[Outcome], None] | None) -> None:
    if check is None:
        if outcome.kind != "response":
            raise MeasureError(f"{subject.name}: {_said(outcome)}")
        return
    try:
        check(outcome)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise MeasureError(f"{subject.name}: wrong answer: {reason}; {_said(outcome)}") from error


def _said(outcome: Outcome) -> str:
    return f"{outcome.kind}: {outcome.body[:ERROR_CHARACTERS].decode('utf-8', 'replace')}"
