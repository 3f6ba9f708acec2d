"""Handlers whose answers are streamed."""

# ruff: noqa: TC003 - Sparta evaluates these annotations
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import sparta


class Closing:
    """Counts the generators of this process that ran to the end of their `finally`."""

    count = 0


def pieces(event: list[Any]) -> Iterator[Any]:
    """Yield what the event says: text, bytes for a list of numbers, an error for an object."""
    for piece in event:
        if isinstance(piece, dict):
            raise KeyError(piece["error"])
        yield bytes(piece) if isinstance(piece, list) else piece


def surrogate() -> Iterator[str]:
    yield "a"
    yield "\ud800"


async def pieces_later(event: list[Any]) -> AsyncIterator[Any]:
    for piece in pieces(event):
        await asyncio.sleep(0)
        yield piece


async def in_one_task() -> AsyncIterator[str]:
    """Tell whether all of it runs in one task, in which timeouts may stay open."""
    first = asyncio.current_task()
    async with asyncio.timeout(30):
        for _ in range(2):
            yield str(asyncio.current_task() is first)
            await asyncio.sleep(0)


class Kept:
    """What is still there for the next event."""

    loop: object = None
    task: object = None
    ticks = 0


async def kept() -> AsyncIterator[str]:
    """Tell whether the loop is that of the last event, and a task left behind went on."""
    loop = asyncio.get_running_loop()
    yield str(Kept.loop in (None, loop))
    if Kept.task is None:
        Kept.task = loop.create_task(tick())
    Kept.loop = loop
    before = Kept.ticks
    await asyncio.sleep(0.001)
    yield str(Kept.ticks > before)


async def tick() -> None:
    while True:
        await asyncio.sleep(0)
        Kept.ticks += 1


def request_pieces(request: sparta.Request[list[Any]]) -> Iterator[Any]:
    yield from pieces(request.body)


async def request_pieces_later(request: sparta.Request[list[Any]]) -> AsyncIterator[Any]:
    for piece in pieces(request.body):
        yield piece


STREAMS: dict[str, Callable[[], Any]] = {
    "plain": lambda: sparta.stream(["a", b"b"]),
    "nothing": lambda: sparta.stream([]),
    "of a generator": lambda: sparta.stream(pieces(["a", "\u00e9"])),
    "of an async generator": lambda: sparta.stream(pieces_later(["a", "b"])),
    "with a type": lambda: sparta.stream(["data: 1\n\n"], content_type="text/event-stream"),
    "with a status": lambda: sparta.stream(
        iter([b"\x00\xff"]), status=201, headers={"x-a": "\u00e9"}, cookies=["a=1", "b=2"]
    ),
    "with a header": lambda: sparta.stream(["<p>"], headers={"Content-Type": "text/html"}),
    "headers that are none": lambda: sparta.stream(["a"], headers={"x": object()}),  # type: ignore[dict-item]
    "a single text": lambda: sparta.stream("abc"),
    "nothing at all": lambda: sparta.stream(1),  # type: ignore[arg-type]
    "failing at once": lambda: sparta.stream(pieces([{"error": "early"}])),
    "not a stream": lambda: {"a": 1},
}


def named(event: str) -> Any:
    return STREAMS[event]()


def requested(request: sparta.Request[Any]) -> Any:
    return STREAMS[request.body]()


async def requested_later(request: sparta.Request[Any]) -> Any:
    await asyncio.sleep(0)
    return STREAMS[request.body]()
