"""The handlers that the vectors name; each is deployed as `index.<its name>` on every runtime."""

# ruff: noqa: TC003 - Sparta evaluates these annotations
from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

import sparta
from sparta import events
from sparta.aws import Table

ledger = Table("Ledger", key="id")
stranger = Table("Stranger", key="id")


class Line(sparta.Model):
    sku: str
    qty: int
    price: float | None = None


class Order(sparta.Model):
    id: str
    lines: list[Line] = []  # noqa: RUF012 - a Model's default
    kind: Literal["web", "shop", 3] = "web"
    tags: Mapping[str, str] = {}
    weight: float = 0.0
    paid: bool = False
    customer: int | str | None = None
    parent: Order | None = None


@dataclass(frozen=True)
class Point:
    x: float
    y: float = 0.0

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x must not be negative")


class Place(TypedDict):
    city: str
    zip: NotRequired[str]


# ---- events as they are


def echo(event: Any) -> Any:
    return event


def untyped(event, context):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    return {"event": event, "request": context.aws_request_id}


def nothing() -> None:
    return None


def ordinals(event: str) -> list[int]:
    return [ord(character) for character in event]


def size(event: Any) -> int:
    return len(event)


def sort_of(event: Any) -> list[str]:
    return [type(event).__name__, repr(event)]


def describe(event: list[str], context: Any) -> dict[str, Any]:
    """Return the context's attributes that the event names; a dot goes deeper."""
    found = {}
    for path in event:
        value: Any = context
        for name in path.split("."):
            value = getattr(value, name)
        found[path] = value
    return found


def use_context(event: Any, context: Any) -> dict[str, Any]:
    context.mine = event
    remaining_ms = context.get_remaining_time_in_millis()
    return {
        "mine": vars(context)["mine"],
        "remaining": type(remaining_ms).__name__,
        "in time": 0 < remaining_ms <= 30_001,
        "w3c": context.w3c(),
        "trace": os.environ.get("_X_AMZN_TRACE_ID"),
        "text": repr(context).partition("aws_request_id=")[0],
    }


# ---- HTTP


def create_order(request: sparta.Request[Order]) -> dict[str, Any]:
    order = request.body
    return {
        "id": order.id,
        "lines": order.lines,
        "kind": order.kind,
        "tags": order.tags,
        "weight": order.weight,
        "paid": order.paid,
        "customer": order.customer,
        "parent": order.parent.id if order.parent else None,
    }


def create_point(request: sparta.Request[Point]) -> list[float]:
    return [request.body.x, request.body.y]


def create_place(request: sparta.Request[Place]) -> Place:
    return request.body


def create_many(request: sparta.Request[tuple[Line, ...] | None]) -> dict[str, Any]:
    return {"sort": type(request.body).__name__, "lines": request.body}


def take_text(request: sparta.Request[str]) -> str:
    return request.body


def take_bytes(request: sparta.Request[bytes]) -> bytes:
    return request.body


def take_any(request: sparta.Request[Any]) -> dict[str, Any]:
    return {"sort": type(request.body).__name__, "body": request.body}


def show_request(request: sparta.Request[Any], context: sparta.Context) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": request.path,
        "route": request.route,
        "header": request.headers.get("x-mine"),
        "query": request.query,
        "parameters": request.path_parameters,
        "cookies": request.cookies,
        "address": request.source_ip,
        "request": context.aws_request_id,
    }


ANSWERS: dict[str, Any] = {
    "none": None,
    "text": "héllo",
    "bytes": b"\x00\xff",
    "list": [1, "é", None],
    "model": Line(sku="a", qty=1),
    "status": {"statusCode": 418, "body": "tea"},
    "response": sparta.Response({"é": 1.5}, status=201, headers={"location": "/1"}),
    "typed response": sparta.Response(
        "<p>", headers={"Content-Type": "text/html"}, cookies=["a=1"]
    ),
    "empty response": sparta.Response(status=304, headers={"etag": "x"}),
    "set": {1, 2},
}


def answer(request: sparta.Request[Any]) -> Any:
    """Return one result of each kind that HTTP answers are made of."""
    if request.body == "event error":
        raise sparta.EventError("mine")
    return ANSWERS[request.body]


def raw_route(event: dict[str, Any], context: object) -> dict[str, Any]:
    return {"statusCode": 200, "body": event["body"], "context": context is not None}


# ---- events with a type


def s3_objects(event: events.S3) -> list[Any]:
    return [[record.bucket, record.key, record.size_bytes, record.etag] for record in event.records]


def sqs_messages(event: events.Sqs) -> list[Any]:
    return [
        [record.message_id, record.body, dict(record.attributes), dict(record.message_attributes)]
        for record in event.records
    ]


def sns_messages(event: events.Sns) -> list[Any]:
    return [[record.topic_arn, record.subject, record.message] for record in event.records]


def table_changes(event: events.DynamoDB) -> list[Any]:
    return [
        [record.event_name, record.keys, shown(record.new_image), shown(record.old_image)]
        for record in event.records
    ]


def shown(item: dict[str, Any] | None) -> Any:
    """Return an item with what JSON has no form for as text."""
    if item is None:
        return None
    return {
        name: repr(sorted(value) if isinstance(value, set) else value)
        for name, value in item.items()
    }


def nightly(event: events.Scheduled) -> list[str]:
    return [event.time, event.schedule_arn]


def several(event: events.S3 | events.Sqs) -> list[Any]:
    return [type(event).__name__, len(event.records)]


def book(event: Order) -> list[Any]:
    return [event.id, len(event.lines)]


# ---- async


class Counter:
    """Counts what happens on one event loop."""

    loop: object = None
    calls = 0


async def later(event: Any) -> list[Any]:
    import asyncio

    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    same = Counter.loop in (None, loop)
    Counter.loop = loop
    Counter.calls += 1
    return [event, same]


async def later_request(request: sparta.Request[Line]) -> Line:
    import asyncio

    await asyncio.sleep(0)
    return request.body


async def fail_later(event: Any) -> Any:
    import asyncio

    await asyncio.sleep(0)
    return await deeper(event)


async def deeper(event: Any) -> Any:
    raise ValueError(event)


# ---- discovery


def read_ledger() -> list[str]:
    return [ledger.name, ledger.arn]


def read_stranger() -> str:
    return stranger.name


def leave(event: int) -> None:
    sys.exit(event)


def die() -> None:
    os._exit(9)
