from __future__ import annotations

import importlib.util
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import sparta
from sparta import events
from sparta.errors import DeclarationError, EventError
from sparta.runtime.event_type import EventBySource
from sparta.runtime.handler import handler_of

if TYPE_CHECKING:
    from types import ModuleType


def loaded(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


handlers: Any = loaded("handlers_by_text")
ORDER = ("object", handlers.Order, (("sku", ("str",), True), ("qty", ("int",), False)))


@pytest.mark.parametrize(
    ("call", "argument_count"),
    [
        (handlers.nothing, 0),
        (handlers.raw, 1),
        (handlers.raw_with_context, 2),
        (handlers.untyped, 2),
        (handlers.defaults, 2),
        (handlers.anything, 2),
        (handlers.shape, 1),
        (handlers.foreign, 1),
        (handlers.either, 1),
        (handlers.batch, 1),
        (handlers.hidden, 2),
        (lambda: 1, 0),
        (lambda event: event, 1),
        (print, 2),
        (dict, 2),
    ],
)
def test_handlers_of_raw_events(call: Any, argument_count: int) -> None:
    handler = handler_of(call)
    assert handler.call is call
    assert handler.argument_count == argument_count
    assert handler.event_type is None
    assert not handler.is_request
    assert not handler.is_async


def test_the_name_is_that_of_the_function_or_of_the_callable() -> None:
    assert handler_of(handlers.raw).name == "raw"
    assert handler_of(handlers.Callables()).name == "Callables"
    assert handler_of(sparta.Function(handlers.raw, name="Raw events")).name == "Raw events"
    assert handler_of(SimpleNamespace(handler=handlers.raw, name="other")).call is handlers.raw


def test_events_classes() -> None:
    assert handler_of(handlers.s3).event_type is events.S3
    later = handler_of(handlers.later)
    assert later.event_type is events.Sqs
    assert later.is_async


def test_a_union_of_events_is_told_apart_by_source() -> None:
    make = handler_of(handlers.several).event_type
    assert isinstance(make, EventBySource)
    assert make.classes == (events.S3, events.Sqs, events.Scheduled)
    assert type(make({"Records": [{"eventSource": "aws:s3"}]})) is events.S3
    assert type(make({"source": "aws.s3", "detail": {}})) is events.S3
    assert type(make({"Records": [{"eventSource": "aws:sqs"}]})) is events.Sqs
    assert type(make({"source": "aws.scheduler"})) is events.Scheduled
    with pytest.raises(EventError) as caught:
        make({"Records": [{"EventSource": "aws:sns"}]})
    assert str(caught.value) == "event: expected S3 or Sqs or Scheduled, got an event of aws:sns"
    others: list[object] = [{}, [], None, {"Records": 3}, {"Records": []}]
    for other in others:
        with pytest.raises(EventError, match="got an event of no source"):
            make(other)


def test_models_and_dataclasses_are_decoded_events() -> None:
    make = handler_of(handlers.order).event_type
    assert make
    assert make({"sku": "a"}) == handlers.Order(sku="a")
    with pytest.raises(EventError, match=r"^event\.sku: missing$"):
        make({})
    make = handler_of(handlers.point).event_type
    assert make
    assert make({"x": 1}) == handlers.Point(1.0)


def test_requests() -> None:
    handler = handler_of(handlers.request)
    assert handler.is_request
    assert handler.body_schema == ORDER
    assert handler.argument_count == 2
    assert handler_of(handlers.plain_request).body_schema == ("any",)
    assert handler_of(handlers.bare_request).body_schema == ("any",)
    assert handler_of(handlers.text_request).body_schema == ("optional", ("str",))


@pytest.mark.parametrize(
    ("call", "argument_count"),
    [
        (handlers.Callables().method, 1),
        (handlers.Callables.class_method, 2),
        (handlers.Callables.static_method, 1),
        (handlers.Callables(), 1),
        (partial(handlers.with_table, "t"), 2),
        (partial(partial(handlers.with_table, "t"), context=None), 1),
        (partial(handlers.Callables().class_method, context=None), 1),
        (handlers.decorated, 1),
        (handlers.decorated_strictly, 2),
    ],
)
def test_callables_of_every_kind(call: Any, argument_count: int) -> None:
    handler = handler_of(call)
    assert handler.argument_count == argument_count
    assert handler.event_type
    assert handler.event_type({"sku": "a"}) == handlers.Order(sku="a")
    arguments: tuple[Any, ...] = (handlers.Order(sku="a"), None)
    handler.call(*arguments[: handler.argument_count])


def test_async_instances_and_partials_are_async() -> None:
    assert handler_of(handlers.AsyncCallable()).is_async
    assert handler_of(partial(handlers.later)).is_async
    assert handler_of(handlers.logged(handlers.later)).is_async


def test_generators_are_streams() -> None:
    for call in (handlers.stream, partial(handlers.stream), handlers.logged(handlers.stream)):
        made = handler_of(call)
        assert (made.is_stream, made.is_async, made.argument_count) == (True, False, 1)
    made = handler_of(handlers.async_stream)
    assert (made.is_stream, made.is_async) == (True, True), "it needs the event loop at once"
    assert not handler_of(handlers.later).is_stream


def test_names_of_an_enclosing_function_are_seen() -> None:
    class Local(sparta.Model):
        qty: int

    def handler(event: Local) -> int:
        return event.qty + len([Local])

    make = handler_of(handler).event_type
    assert make
    assert make({"qty": 3}) == Local(qty=3)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (handlers.three, "the handler three takes 3 arguments (event, context, more)"),
        (handlers.keyword, "the handler keyword needs keyword arguments (table)"),
        (
            handlers.hidden_request,
            "the annotation 'Request[Hidden]' cannot be evaluated: name 'Hidden' is not defined",
        ),
        (handlers.undecodable_request, "set[int] cannot be decoded from JSON"),
    ],
)
def test_handlers_that_cannot_be_one(call: Any, text: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        handler_of(call)
    (problem,) = caught.value.problems
    assert problem.what == text
    assert problem.where == f"{handlers.__file__}:{call.__code__.co_firstlineno}"
    assert problem.fix
    with pytest.raises(DeclarationError) as caught:
        handler_of(sparta.Function(call))
    (found,) = caught.value.problems
    assert (found.what, found.where) == (problem.what, problem.where)


def test_a_partial_that_binds_the_first_parameter_by_name() -> None:
    with pytest.raises(DeclarationError, match=r"needs keyword arguments \(event, context\)"):
        handler_of(partial(handlers.with_table, table="t"))


def test_what_cannot_be_called() -> None:
    function = SimpleNamespace(handler=3, name="three", declared_at="app.py:7")
    with pytest.raises(DeclarationError, match=r"^app.py:7: the handler three is a int, which"):
        handler_of(function)


def test_a_good_handler_has_no_problems() -> None:
    assert handler_of(sparta.Function(handlers.request)).is_request
