"""What a function's process writes: read as it comes, taken in pieces."""

from __future__ import annotations

import os
import selectors
import threading

PIECE_BYTES = 65_536
PIECES_AT_ONCE = 64
LIMIT_BYTES = PIECE_BYTES * PIECES_AT_ONCE
"""Output kept until it is taken, 4 MiB; of more, the oldest is dropped."""


class Output:
    """A pipe for the standard output and error of one process group.

    Its reading end is closed when every process that writes to it has ended.
    """

    def __init__(self) -> None:
        self._read_end, self.write_end = os.pipe()
        """For the process; to be closed here once the process has it."""
        os.set_blocking(self._read_end, False)
        self._lock = threading.Lock()
        self._kept = bytearray()
        self._closed = False

    def start(self) -> None:
        """Start reading; the writing end now belongs to the process alone."""
        os.close(self.write_end)
        threading.Thread(target=self._pump, name="function-output", daemon=True).start()

    def discard(self) -> None:
        """Close both ends: there is no process."""
        os.close(self.write_end)
        os.close(self._read_end)

    def take(self) -> str:
        """Return and forget what was written until now.

        What a runtime wrote before it posted its response is in the pipe by then: reading until
        the pipe is empty misses nothing and waits for nothing.
        """
        with self._lock:
            self._read()
            taken, self._kept = self._kept, bytearray()
        return taken.decode("utf-8", "replace")

    def _read(self) -> bool:
        """Read what there is; return whether more can come."""
        if self._closed:
            return False
        for _ in range(PIECES_AT_ONCE):  # and no more: a process may write without end
            try:
                piece = os.read(self._read_end, PIECE_BYTES)
            except BlockingIOError:
                return True
            if not piece:
                return False
            self._kept += piece
            del self._kept[:-LIMIT_BYTES]
        return True

    def _pump(self) -> None:
        # Only this thread closes the pipe: it must not be closed while it is waited for.
        with selectors.DefaultSelector() as selector:
            selector.register(self._read_end, selectors.EVENT_READ)
            more = True
            while more:
                selector.select()
                with self._lock:
                    more = self._read()
        with self._lock:
            self._closed = True
            os.close(self._read_end)
