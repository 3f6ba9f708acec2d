"""Goes through an async iterator from code that is not async.

All of it runs in one task, as `async for` would, because timeouts and task groups that are open
across a `yield` belong to the task they were opened in.
"""

from __future__ import annotations

from sparta.runtime.pure import event_loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import Future, Task
    from collections.abc import AsyncIterable
    from typing import Any, Self

_END = object()


class Pump:
    """An iterator over an async iterable, on the event loop of the process.

    The loop runs only while a chunk is waited for; other tasks go on meanwhile.
    """

    __slots__ = ("_chunks", "_given", "_loop", "_task", "_wanted")

    def __init__(self, chunks: AsyncIterable[Any]) -> None:
        self._chunks = chunks
        self._loop = event_loop()
        self._task: Task[None] | None = None
        self._given: Future[Any] | None = None
        self._wanted: Future[None] | None = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:  # noqa: ANN401 - what the chunks are
        if self._task is not None and self._task.done():
            raise StopIteration
        self._given = self._loop.create_future()
        if self._task is None:
            self._task = self._loop.create_task(self._run())
            self._task.add_done_callback(self._ended)
        elif self._wanted is not None:
            self._wanted.set_result(None)
        chunk = self._loop.run_until_complete(self._given)
        if chunk is _END:
            raise StopIteration
        return chunk

    def close(self) -> None:
        """End the iterator; its `finally` and `async with` blocks run to their end."""
        task = self._task
        if task is None or task.done():
            return
        task.cancel()
        from asyncio import CancelledError
        from contextlib import suppress

        with suppress(CancelledError):  # by us
            self._loop.run_until_complete(task)

    async def _run(self) -> None:
        iterator: Any = aiter(self._chunks)
        try:
            async for chunk in iterator:
                self._wanted = self._loop.create_future()
                self._given.set_result(chunk)  # type: ignore[union-attr]
                await self._wanted
        finally:
            if hasattr(iterator, "aclose"):
                await iterator.aclose()

    def _ended(self, task: Task[None]) -> None:
        given = self._given
        if given is None or given.done():
            return
        if task.cancelled():
            given.cancel()
        elif error := task.exception():
            given.set_exception(error)
        else:
            given.set_result(_END)
