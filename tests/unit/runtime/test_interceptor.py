"""What interceptors see on the way through a handler, and what they may change."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import sparta
from sparta.runtime.handler import handler_of
from sparta.runtime.interceptor import Interceptor, intercepted


class Order(sparta.Model):
    sku: str


class Seen(Interceptor):
    """Writes down each stage under its own name."""

    def __init__(self, name: str, log: list[str]) -> None:
        self.name = name
        self.log = log

    def before_decode(self, event: Any, context: Any) -> None:
        self.log.append(f"{self.name} before_decode {type(event).__name__} {context}")

    def after_decode(self, event: Any, context: Any) -> None:
        self.log.append(f"{self.name} after_decode {type(event).__name__} {context}")

    def before_dispatch(self, event: Any, context: Any) -> None:
        self.log.append(f"{self.name} before_dispatch {type(event).__name__} {context}")

    def after_dispatch(self, result: Any, context: Any) -> None:
        self.log.append(f"{self.name} after_dispatch {result} {context}")

    def before_encode(self, result: Any, context: Any) -> None:
        self.log.append(f"{self.name} before_encode {result} {context}")

    def after_encode(self, answer: Any, context: Any) -> None:
        self.log.append(f"{self.name} after_encode {answer} {context}")

    def on_error(self, error: Exception, context: Any) -> None:
        self.log.append(f"{self.name} on_error {error} {context}")


class Changes(Interceptor):
    """Puts something else in place of what passes."""

    def before_decode(self, event: Any, context: Any) -> dict[str, Any]:
        return {**event, "changed": context}

    def after_dispatch(self, result: Any, context: Any) -> list[Any]:
        return [result, context]


def test_before_in_order_and_after_in_reverse() -> None:
    log: list[str] = []
    handler = handler_of(lambda event: event["n"])
    answer = intercepted(handler, [Seen("a", log), Seen("b", log)]).call({"n": 1}, "c")
    assert answer == 1
    assert log == [
        "a before_decode dict c",
        "b before_decode dict c",
        "a after_decode dict c",
        "b after_decode dict c",
        "a before_dispatch dict c",
        "b before_dispatch dict c",
        "b after_dispatch 1 c",
        "a after_dispatch 1 c",
        "b before_encode 1 c",
        "a before_encode 1 c",
        "b after_encode 1 c",
        "a after_encode 1 c",
    ]


def test_what_is_returned_takes_the_place_of_what_passes() -> None:
    handler = handler_of(lambda event: event["changed"])
    assert intercepted(handler, [Changes()]).call({}, "c") == ["c", "c"]


def test_a_request_is_decoded_and_its_answer_is_an_envelope() -> None:
    log: list[str] = []

    def order(request: sparta.Request[Order]) -> dict[str, str]:
        return {"sku": request.body.sku}

    wrapped = intercepted(handler_of(order), [Seen("a", log)])
    assert not wrapped.is_request
    answer: Any = wrapped.call({"body": '{"sku": "x"}'}, "c")
    assert (answer["statusCode"], answer["body"]) == (200, '{"sku": "x"}')
    assert "a after_decode Request c" in log
    assert "a after_dispatch {'sku': 'x'} c" in log


def test_a_request_that_is_not_valid_is_refused_without_the_handler() -> None:
    log: list[str] = []

    def order(request: sparta.Request[Order]) -> None:
        raise AssertionError(request)

    answer: Any = intercepted(handler_of(order), [Seen("a", log)]).call({"body": "{}"}, "c")
    assert answer["statusCode"] == 400
    assert [line.split()[1] for line in log] == ["before_decode", "after_encode"]


def test_errors_are_seen_and_stay_what_they_are() -> None:
    log: list[str] = []

    def wrong() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        intercepted(handler_of(wrong), [Seen("a", log), Seen("b", log)]).call({}, "c")
    assert log[-2:] == ["b on_error no c", "a on_error no c"]


def test_a_handler_that_is_async() -> None:
    async def later(event: dict[str, int]) -> int:
        await asyncio.sleep(0)
        return event["n"]

    wrapped = intercepted(handler_of(later), [Changes()])
    assert wrapped.is_async
    result: Any = wrapped.call({"n": 3}, "c")
    assert asyncio.run(result) == [3, "c"]


def test_a_stream_is_seen_until_it_is_opened() -> None:
    log: list[str] = []

    def pieces() -> Any:
        yield "a"

    wrapped = intercepted(handler_of(pieces), [Seen("a", log)])
    assert wrapped.is_stream
    assert list(wrapped.call({}, "c")) == ["a"]  # type: ignore[call-overload]
    assert log[-1].startswith("a before_dispatch")
