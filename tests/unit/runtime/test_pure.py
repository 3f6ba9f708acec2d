# ruff: noqa: TC001 - Sparta evaluates these annotations
from __future__ import annotations

import asyncio
import sys
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from sparta import events
from sparta.errors import EventError
from sparta.model.model import Model
from sparta.model.request import Request
from sparta.runtime import discovery, pure
from sparta.runtime.handler import handler_of
from sparta.runtime.pure import entry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def outside_aws_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have imported it; errors are then reported in its way."""
    monkeypatch.delitem(sys.modules, "awslambdaric.lambda_runtime_exception", raising=False)


class Order(Model):
    sku: str


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no running handler and no open event loop behind."""
    monkeypatch.setattr(discovery, "discovered", discovery.Discovered())
    kept = pure.KeptLoop()
    monkeypatch.setattr(pure, "_kept", kept)
    yield
    if kept.loop is not None:
        kept.loop.close()


def invoked(handler: Callable[..., object], event: object = None, context: object = None) -> Any:
    return entry_of(handler_of(handler))(event, context)


def test_a_raw_handler_is_called_with_what_it_takes() -> None:
    assert invoked(lambda: "none") == "none"
    assert invoked(lambda event: event, [1]) == [1]
    assert invoked(lambda event, context: (event, context), 1, "c") == (1, "c")


def test_the_entry_carries_its_handler() -> None:
    handler = handler_of(test_the_entry_carries_its_handler)
    assert entry_of(handler).__sparta_handler__ is handler  # type: ignore[attr-defined]


def test_events_are_wrapped() -> None:
    def keys(event: events.S3) -> list[str]:
        return [record.key for record in event.records]

    raw = {"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "a+b%20c"}}}]}
    assert invoked(keys, raw) == ["a b c"]


def test_a_request_gets_its_body_and_returns_an_envelope() -> None:
    def create(request: Request[Order], context: object) -> dict[str, object]:
        return {"sku": request.body.sku, "path": request.path, "context": context}

    envelope = invoked(create, {"rawPath": "/orders", "body": '{"sku": "a"}'}, "c")
    assert envelope["statusCode"] == 200
    assert envelope["body"] == '{"sku": "a", "path": "/orders", "context": "c"}'


def test_a_request_that_does_not_fit_is_answered_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def create(request: Request[Order]) -> object:
        raise AssertionError(request)

    envelope = invoked(create, {"body": '{"sku": 1}'})
    assert envelope["statusCode"] == 400
    assert "body.sku: expected str, got int" in envelope["body"]
    assert caplog.messages == ["The request is not valid: body.sku: expected str, got int"]


def test_an_event_error_of_the_handler_itself_is_no_refusal() -> None:
    def create(request: Request[Any]) -> object:
        raise EventError(f"mine, {request.method}")

    with pytest.raises(EventError, match=r"^mine, $"):
        invoked(create, {})


def test_an_event_that_does_not_fit() -> None:
    def book(event: Order) -> object:
        raise AssertionError(event)

    with pytest.raises(EventError, match=r"^event\.sku: missing$"):
        invoked(book, {})
    with pytest.raises(EventError, match=r"^event: expected object, got array$"):
        invoked(book, [])


def test_async_handlers_share_one_loop() -> None:
    loops = []
    left: list[str] = []

    async def later(event: object) -> object:
        async def background() -> None:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            left.append("done")

        loop = asyncio.get_running_loop()
        loops.append((loop, loop.create_task(background())))
        await asyncio.sleep(0)
        return event

    handler = entry_of(handler_of(later))
    assert handler(1, None) == 1
    assert handler(2, None) == 2
    assert loops[0][0] is loops[1][0]
    assert left[:1] == ["done"]
    loops[0][0].run_until_complete(asyncio.gather(*(task for _, task in loops)))


def test_the_traceback_starts_in_the_users_code() -> None:
    def fails(event: object) -> object:
        raise ValueError(event)

    async def fails_later(event: object) -> object:
        await asyncio.sleep(0)
        return fails(event)

    for handler, names in ((fails, ["fails"]), (fails_later, ["fails_later", "fails"])):
        with pytest.raises(ValueError, match="1") as caught:
            invoked(handler, 1)
        frames = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
        # The first two are this test's own: pytest's context, and `invoked`.
        assert frames[-len(names) :] == names
        assert not {"invoke", "_called", "run_until_complete"} & set(frames)


def test_an_exception_keeps_its_cause_and_context() -> None:
    def fails() -> object:
        try:
            return {"b": 1}["a"]
        except KeyError as error:
            raise ValueError("b") from error

    with pytest.raises(ValueError, match="b") as caught:
        invoked(fails)
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_handler_that_runs_is_known_to_discovery() -> None:
    def name() -> str:
        return discovery.discovered.handler_name

    assert invoked(name) == "name"


def test_an_exit_is_not_caught() -> None:
    def leaves() -> object:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        invoked(leaves)


def test_what_the_body_cannot_hold_is_the_same_error_outside_aws_client() -> None:
    def broken(request: Request[Any]) -> object:
        return {request}

    with pytest.raises(TypeError, match="Object of type set is not JSON serializable"):
        invoked(broken, {})
