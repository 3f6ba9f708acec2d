"""Streams before anything is sent: what is one, its head, its chunks; and all of it at once."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any

import pytest

from sparta.model.streamed import stream
from sparta.runtime import pure
from sparta.runtime.http_answer import UnsendableError
from sparta.runtime.pump import Pump
from sparta.runtime.streaming import (
    OpenedStream,
    cannot_stream,
    collected,
    opened,
    streamed_of,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no open event loop behind."""
    kept = pure.KeptLoop()
    monkeypatch.setattr(pure, "_kept", kept)
    yield
    if kept.loop is not None:
        kept.loop.close()


class Resource:
    """What a generator has open."""

    closed = False


def reading(resource: Resource, *chunks: Any) -> Iterator[Any]:
    try:
        yield from chunks
    finally:
        resource.closed = True


async def reading_later(resource: Resource, *chunks: Any) -> AsyncIterator[Any]:
    try:
        for chunk in chunks:
            await asyncio.sleep(0)
            yield chunk
    finally:
        await asyncio.sleep(0)
        resource.closed = True


def test_only_what_says_so_is_a_stream() -> None:
    iterator = iter(["a"])
    assert streamed_of(iterator, is_stream=False) is None
    assert streamed_of("text", is_stream=True) is None
    found = streamed_of(iterator, is_stream=True)
    assert found is not None
    assert found.chunks is iterator
    given = stream(["a"])
    assert streamed_of(given, is_stream=False) is given


def test_the_head_of_an_http_stream() -> None:
    given = stream(["a", "b"], status=201, headers={"x": "é"}, cookies=["c=1"])
    found = opened(given, None, is_request=False)
    assert isinstance(found, OpenedStream)
    assert found.content_type == "application/vnd.awslambda.http-integration-response"
    assert found.first == (
        '{"statusCode": 201, "headers": {"content-type": "text/plain; charset=utf-8", "x": "é"},'
        ' "cookies": ["c=1"]}'.encode()
        + bytes(8)
        + b"a"
    )
    assert list(found.rest) == ["b"]


def test_what_is_not_http_has_no_head() -> None:
    found = opened(stream([b"a"]), None, is_request=False)
    assert isinstance(found, OpenedStream)
    assert (found.content_type, found.first) == ("application/octet-stream", b"a")


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_head_that_cannot_be_written_closes_the_chunks(version: str) -> None:
    file = io.StringIO("a")
    headers: Any = {"x": {1}}
    raw = {"version": version, "requestContext": {"domainName": "x.execute-api"}}
    with pytest.raises(UnsendableError, match=r"the header 'x' must be a str, not set"):
        opened(stream(file, headers=headers), raw, is_request=True)
    assert file.closed


@pytest.mark.parametrize("read", [reading, reading_later])
def test_collecting_closes_the_chunks(read: Any) -> None:
    resource = Resource()
    with pytest.raises(UnsendableError, match=r"^a chunk must be bytes or str, not int$"):
        collected(stream(read(resource, "a", 1, "b")), is_request=True)
    assert resource.closed


@pytest.mark.parametrize(
    ("version", "domain", "whole"),
    [
        ("2.0", "abc.execute-api.us-east-1.amazonaws.com", True),
        ("2.0", "api.example.com", True),
        ("2.0", "abc.lambda-url.us-east-1.on.aws", False),
        ("1.0", "abc.execute-api.us-east-1.amazonaws.com", False),
        (None, "abc.execute-api.us-east-1.amazonaws.com", False),
        ("2.0", None, False),
    ],
)
def test_only_http_apis_take_whole_answers_only(
    version: str | None, domain: str | None, whole: object
) -> None:
    raw = {"version": version, "requestContext": {"domainName": domain}}
    assert cannot_stream(raw) is whole
    assert not cannot_stream({"version": "2.0", "requestContext": "none"})
    assert not cannot_stream([])


def test_a_pump_goes_on_where_it_was() -> None:
    resource = Resource()
    pump = Pump(reading_later(resource, 1, 2))
    assert (next(pump), resource.closed, next(pump)) == (1, False, 2)
    assert list(pump) == []
    assert resource.closed
    assert list(pump) == []
    pump.close()


def test_a_pump_is_closed_in_the_middle() -> None:
    resource = Resource()
    pump = Pump(reading_later(resource, 1, 2))
    next(pump)
    pump.close()
    assert resource.closed
    pump.close()
    assert list(pump) == []


def test_closing_what_never_began_runs_nothing() -> None:
    resource = Resource()
    Pump(reading_later(resource, 1)).close()
    assert not resource.closed


def test_a_pump_passes_errors_on_once() -> None:
    async def failing() -> AsyncIterator[int]:
        yield 1
        raise KeyError("late")

    pump = Pump(failing())
    assert next(pump) == 1
    with pytest.raises(KeyError, match="late"):
        next(pump)
    assert list(pump) == []


def test_a_pump_takes_any_async_iterable() -> None:
    class Three:
        """An iterator that has nothing to close."""

        count = 0

        def __aiter__(self) -> Three:
            return self

        async def __anext__(self) -> int:
            await asyncio.sleep(0)
            self.count += 1
            if self.count > 3:
                raise StopAsyncIteration
            return self.count

    assert list(Pump(Three())) == [1, 2, 3]


def test_a_timeout_may_stay_open_between_chunks_and_when_closed() -> None:
    left = []

    async def timed() -> AsyncIterator[int]:
        try:
            async with asyncio.timeout(30):
                while True:
                    await asyncio.sleep(0)
                    yield 1
        finally:
            left.append(asyncio.current_task())

    pump = Pump(timed())
    assert (next(pump), next(pump)) == (1, 1)
    pump.close()
    assert len(left) == 1
