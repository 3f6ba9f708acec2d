"""Handlers that write an HTTP answer, called as a unit test calls them."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

import sparta
from sparta.runtime.handler import handler_of

CONTEXT: Any = SimpleNamespace(aws_request_id="r1")


@sparta.http_handler
def order(event: Any, _context: Any, response: sparta.ResponseWriter, logger: Any) -> None:
    """Answer with the order."""
    logger.info("asked", event=event)
    if event == "none":
        response.status = 404
        response.write("there is no such order")
        return
    response.headers["Content-Type"] = "application/json"
    response.write(json.dumps({"id": event}))


def test_success_gives_the_body(capsys: pytest.CaptureFixture[str]) -> None:
    event: Any = "7"
    assert order(event, CONTEXT) == {"id": "7"}
    line = json.loads(capsys.readouterr().out)
    assert (line["level"], line["message"], line["event"]) == ("INFO", "asked", "7")


def test_anything_else_is_an_error() -> None:
    event: Any = "none"
    with pytest.raises(sparta.HttpStatusError) as caught:
        order(event, CONTEXT)
    assert json.loads(str(caught.value)) == {
        "code": 404,
        "status": "Not Found",
        "headers": {},
        "error": "there is no such order",
    }


def test_it_makes_a_handler_of_event_and_context() -> None:
    handler = handler_of(sparta.function()(order))
    assert (handler.name, handler.argument_count, handler.is_async) == ("order", 2, False)
    assert handler.event_type is None
    assert order.__doc__ == "Answer with the order."

    @sparta.http_handler
    async def later(*_arguments: Any) -> None: ...

    assert handler_of(later).is_async


def test_a_status_of_nobody() -> None:
    response = sparta.ResponseWriter()
    response.status = 599
    with pytest.raises(sparta.HttpStatusError, match='"status": ""'):
        response.result()


def test_a_handler_whose_body_did_not_run_is_an_error() -> None:
    def yields(_event: object, _context: object, response: Any, _log: object) -> Any:
        response.status = 404
        yield

    class Later:
        async def __call__(self, _event: object, _context: object, response: Any, _: Any) -> None:
            response.status = 404

    handlers: tuple[Any, ...] = (yields, Later())
    for handler, text in zip(handlers, ("returned a generator", "`async def`"), strict=True):
        with pytest.raises(TypeError, match=text):
            sparta.http_handler(handler)({}, CONTEXT)


def test_what_is_no_answer_says_everything_that_is_wrong() -> None:
    response = sparta.ResponseWriter()
    response.status = "200"  # type: ignore[assignment]
    response.headers = {"x-a": 1, "x b": "1"}  # type: ignore[dict-item]
    with pytest.raises(sparta.SpartaError) as caught:
        response.result()
    assert str(caught.value).split("; ") == [
        "Unable to marshal response: status must be an int from 100 to 599, not '200'",
        "the header 'x-a' must be a str, not 1",
        "'x b' is not the name of a header",
    ]
    assert type(caught.value).__name__ == "Runtime.MarshalError"


def test_what_is_returned_is_refused_and_not_lost() -> None:
    @sparta.http_handler
    def returns(_event: object, _context: object, response: Any, _logger: object) -> object:
        response.write("a")
        return {"a": 1}

    with pytest.raises(TypeError, match=r"with response\.write, this one returned dict$"):
        returns({}, CONTEXT)
