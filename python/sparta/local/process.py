"""The process of one execution environment: its output, its memory, and a certain end."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sparta.local.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MEMORY_POLL_S = 0.02
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class FunctionProcess:
    """A process group that is gone, to the last child, when its first process has ended.

    Args:
        command: The arguments, the program first.
        environment: The whole environment.
        folder: The working directory.
        memory_mb: More than this, while an event runs, kills it.
        on_exit: Called with `Popen.returncode`, from another thread.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        memory_mb: int,
        on_exit: Callable[[int], None],
    ) -> None:
        self._memory_mb = memory_mb
        self._on_exit = on_exit
        self._changed = threading.Condition()
        self._busy = False
        self._ended = False
        self._output = Output()
        try:
            self._popen = subprocess.Popen(  # noqa: S603 - running the user's function is the point
                command,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=self._output.write_end,
                stderr=self._output.write_end,
                start_new_session=True,
            )
        except OSError:
            self._output.discard()
            raise
        self._output.start()
        self.peak_mb = 0
        self._waiting = _thread(self._wait)
        _thread(self._watch_memory)

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return not self._ended

    @property
    def over_memory(self) -> bool:
        """Whether it has taken more memory than it has, at any time."""
        return self.peak_mb > self._memory_mb

    @contextlib.contextmanager
    def running_an_event(self) -> Iterator[None]:
        """Watch the memory meanwhile; an idle environment costs nothing."""
        self._set_busy(busy=True)
        try:
            yield
        finally:
            self._set_busy(busy=False)
            self._measure()

    def output(self) -> str:
        """Return what it has written since the last call, all of it."""
        return self._output.take()

    def end(self, grace_s: float) -> None:
        """Ask it to end by SIGTERM, and kill the whole group after `grace_s` seconds."""
        with self._changed:
            if not self._ended:
                os.kill(self._popen.pid, signal.SIGTERM)
            self._changed.wait_for(lambda: self._ended, grace_s)
        self.kill()

    def kill(self) -> None:
        """Kill the whole group and wait until it is gone."""
        with self._changed:
            if not self._ended:
                self._kill_group()
        self._waiting.join()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)

    def _wait(self) -> None:
        # Not reaped yet, so that its number still means this group when the group is killed.
        os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOWAIT)
        with self._changed:
            self._kill_group()
            status = self._popen.wait()
            self._ended = True
            self._changed.notify_all()
        self._on_exit(status)

    def _set_busy(self, *, busy: bool) -> None:
        with self._changed:
            self._busy = busy
            self._changed.notify_all()

    def _watch_memory(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._busy or self._ended)
                if self._ended:
                    return
            self._measure()
            if self.over_memory:
                self.kill()
                return
            time.sleep(MEMORY_POLL_S)

    def _measure(self) -> None:
        with self._changed:
            if self._ended:  # the number may be another process's by now
                return
            with contextlib.suppress(OSError):  # this is not Linux
                status = Path(f"/proc/{self._popen.pid}/status").read_text("ascii", "replace")
                peak = _PEAK.search(status)
                self.peak_mb = max(self.peak_mb, int(peak[1]) // 1024 if peak else 0)


def _thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, name="function-process", daemon=True)
    thread.start()
    return thread
