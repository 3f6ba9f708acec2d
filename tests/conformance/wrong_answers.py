"""Answers of HTTP handlers that cannot be sent, by name; and some that look so and can."""

# ruff: noqa: TC003 - Sparta evaluates these annotations
from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

import sparta


class Ran:
    """Counts the streams whose chunks were asked for."""

    count = 0


def chunks() -> Iterator[str]:
    Ran.count += 1
    yield "a"


def changed() -> sparta.Response:
    """Return an answer that was right when it was made."""
    response = sparta.Response("a", headers={"x-a": "1"})
    response.status = "200"  # type: ignore[assignment]
    return response


PARTS: dict[str, dict[str, Any]] = {
    "status: text": {"status": "200"},
    "status: too small": {"status": 99},
    "status: too large": {"status": 600},
    "status: huge": {"status": 10**30},
    "status: of many digits": {"status": 10**5000},
    "status: bool": {"status": True},
    "status: float": {"status": 200.0},
    "status: none": {"status": None},
    "status: enumeration": {"status": HTTPStatus.NOT_FOUND},
    "headers: list": {"headers": [("x-a", "1")]},
    "headers: text": {"headers": "x-a: 1"},
    "headers: of another class": {"headers": MappingProxyType({"x-a": "1"})},
    "headers: ordered": {"headers": OrderedDict({"x-a": "1"})},
    "name: empty": {"headers": {"": "1"}},
    "name: a space": {"headers": {"x a": "1"}},
    "name: not ASCII": {"headers": {"x-\u00e9": "1"}},
    "name: a colon": {"headers": {"x-a:": "1"}},
    "name: a line break": {"headers": {"x-a\r\nx-b": "1"}},
    "name: a number": {"headers": {1: "1"}},
    "name: marks": {"headers": {"!#$%&'*+-.^_`|~": "1"}},
    "value: a number": {"headers": {"x-a": 1}},
    "value: none": {"headers": {"x-a": None}},
    "value: bytes": {"headers": {"x-a": b"1"}},
    "value: a line break": {"headers": {"x-a": "1\r\nset-cookie: a=1"}},
    "value: a line feed": {"headers": {"x-a": "1\n"}},
    "value: NUL": {"headers": {"x-a": "\0"}},
    "value: a lone surrogate": {"headers": {"x-a": "\ud800"}},
    "value: a tab": {"headers": {"x-a": "1\t2\u00a0"}},
    "cookies: text": {"cookies": "a=1"},
    "cookies: dict": {"cookies": {"a": "1"}},
    "cookies: numbers": {"cookies": [1]},
    "cookies: a line break": {"cookies": ("a=1\nb=2",)},
    "everything": {"status": 0, "headers": {"x a": 5}, "cookies": "a"},
    "type: a number": {"content_type": 5},
    "type: a line break": {"content_type": "text/plain\r\nx-a: 1"},
    "type: not ASCII": {"content_type": "text/\u00e9"},
}


def responded(request: sparta.Request[Any]) -> Any:
    return sparta.Response("a", **PARTS[request.body])


def responded_extended(request: sparta.Request[Any]) -> Any:
    return sparta.Response({"a": {1}}, **PARTS[request.body])


def changed_later(request: sparta.Request[Any]) -> Any:
    del request
    return changed()


def streamed(request: sparta.Request[Any]) -> Any:
    return sparta.stream(chunks(), **PARTS[request.body])


def streamed_event(event: str) -> Any:
    return sparta.stream(chunks(), **PARTS[event])


def streams_begun(event: Any) -> int:
    """Return how many streams got so far."""
    del event
    return Ran.count


@sparta.http_handler
def written(event: Any, _context: Any, response: sparta.ResponseWriter, _logger: Any) -> None:
    parts = PARTS[event]
    response.status = parts.get("status", 200)
    response.headers = parts.get("headers", {})


EXTENDED = sparta.Function(responded_extended, json="extended")
