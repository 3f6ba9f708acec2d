"""Handlers whose annotations are text: what tests of signatures and events read."""

# ruff: noqa: TC001 - Sparta evaluates these annotations
from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from sparta import events
from sparta.model.context import Context
from sparta.model.model import Model
from sparta.model.request import Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from elsewhere import Hidden  # type: ignore[import-not-found]


class Order(Model):
    sku: str
    qty: int = 1


@dataclass
class Point:
    x: float


class Shape(TypedDict):
    name: str


class Foreign:
    """A class that Sparta knows nothing of, such as another library's event."""


def nothing() -> str:
    return "nothing"


def raw(event: dict[str, Any]) -> object:
    return event


def raw_with_context(event: Any, context: Context) -> tuple[object, object]:
    return event, context


def untyped(event, context):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    return event, context


def defaults(event: dict[str, Any], context: object = None, extra: int = 3) -> object:
    return event, context, extra


def anything(*arguments: object, **keywords: object) -> object:
    return arguments, keywords


def shape(event: Shape) -> object:
    return event


def foreign(event: Foreign) -> object:
    return event


def hidden(event: Hidden, context: object) -> object:
    return event, context


def s3(event: events.S3) -> object:
    return event


def several(event: events.S3 | events.Sqs | events.Scheduled) -> object:
    return event


def batch(event: list[events.S3]) -> object:
    return event


def either(event: events.S3 | dict[str, Any]) -> object:
    return event


def order(event: Order) -> Order:
    return event


def point(event: Point) -> Point:
    return event


def request(request: Request[Order], context: Context) -> object:
    return request.body, context


def plain_request(request: Request[Any]) -> object:
    return request


def bare_request(request: Request) -> object:  # type: ignore[type-arg]
    return request


def text_request(request: Request[str | None]) -> object:
    return request.body


async def later(event: events.Sqs) -> int:
    return len(event.records)


def three(event: object, context: object, more: object) -> object:
    return event, context, more


def keyword(event: object, *, table: str) -> object:
    return event, table


def stream(event: object) -> Iterator[object]:
    yield event


async def async_stream(event: object) -> AsyncIterator[object]:
    yield event


def hidden_request(request: Request[Hidden]) -> object:
    return request


def undecodable_request(request: Request[set[int]]) -> object:
    return request


class Callables:
    """Methods and instances as handlers."""

    def method(self, event: Order) -> object:
        return self, event

    @classmethod
    def class_method(cls, event: Order, context: object) -> object:
        return cls, event, context

    @staticmethod
    def static_method(event: Order) -> object:
        return event

    def __call__(self, event: Order) -> object:
        return self, event


class AsyncCallable:
    """An instance whose call is a coroutine."""

    async def __call__(self, event: Order) -> Order:
        return event


def with_table(table: str, event: Order, context: object) -> object:
    return table, event, context


def logged(handler: Callable[..., object]) -> Callable[..., object]:
    """Stand for any decorator that passes on what it is given."""

    @functools.wraps(handler)
    def wrapper(*arguments: object, **keywords: object) -> object:
        return handler(*arguments, **keywords)

    return wrapper


@logged
def decorated(event: Order) -> object:
    return event


def with_own_signature(handler: Callable[..., object]) -> Callable[..., object]:
    """Stand for a decorator that decides itself what the handler gets."""

    @functools.wraps(handler)
    def wrapper(event: object, context: object) -> object:
        return handler(event, context)

    return wrapper


@with_own_signature
def decorated_strictly(event: Order, context: object, table: str = "t") -> object:
    return event, context, table
