"""Async handlers: one event loop for all events, and what is left on it between them."""

from __future__ import annotations

import asyncio
from typing import Any, NoReturn


class Left:
    """What earlier events left behind."""

    task: asyncio.Task[None] | None = None
    ticks = 0
    loops: set[int] = set()  # noqa: RUF012 - of the process, which is what is tested


async def tick() -> None:
    while True:
        await asyncio.sleep(0)
        Left.ticks += 1


async def background() -> list[Any]:
    """Tell how many loops there have been, and whether the task of the first event goes on."""
    Left.loops.add(id(asyncio.get_running_loop()))
    if Left.task is None:
        Left.task = asyncio.get_running_loop().create_task(tick())
    before = Left.ticks
    await asyncio.sleep(0.001)
    return [len(Left.loops), Left.ticks > before, Left.task.done()]


async def failing(event: str) -> NoReturn:
    """Fail in one of the ways that only async code has."""
    if event == "timeout":
        async with asyncio.timeout(0.001):
            await asyncio.sleep(60)
    if event == "task":
        await asyncio.create_task(failing("value"))
    if event == "group":
        async with asyncio.TaskGroup() as group:
            group.create_task(failing("value"))
    if event == "cancelled":
        raise asyncio.CancelledError
    raise ValueError(event)


def asynchronous_by_hand() -> int:
    """Run a loop of its own, as code written for AWS's client does."""
    return asyncio.run(asyncio.sleep(0, 7))
