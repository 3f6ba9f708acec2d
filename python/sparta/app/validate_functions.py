"""Checks one function: its handler's signature and event type, its limits, what it uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sparta.app.limits import (
    BATCH_SIZE,
    BATCH_SIZE_WITHOUT_WINDOW,
    DESCRIPTION_CHARACTERS,
    MEMORY_MB,
    TIMEOUT_S,
    WINDOW_S,
)
from sparta.app.schedule import Schedule
from sparta.app.validate_options import option_problems
from sparta.app.validate_role import role_problems, statement_problems
from sparta.app.validate_schedule import schedule_problems
from sparta.aws.granting import GrantingResource
from sparta.aws.queue import QueueMessages
from sparta.env import AWS_LAMBDA_EXEC_WRAPPER
from sparta.errors import DeclarationError, Problem
from sparta.events.event import Event
from sparta.iam.builder import Actions
from sparta.iam.statement import Grant, Statement
from sparta.model.trigger import Trigger
from sparta.runtime.event_type import EventBySource
from sparta.runtime.handler import Handler, handler_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function

MAX_TRIGGERS = 4
RESERVED = ("AWS_", "LAMBDA_", "_", "SPARTA_")
"""What variables' names cannot start with, but for the one of the exec wrapper."""


def function_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield everything that is wrong with one function."""
    yield from option_problems(function)
    yield from _event_problems(function)
    yield from _limit_problems(function)
    yield from _use_problems(function)
    yield from role_problems(function)


def _event_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    try:
        handler = handler_of(function)
    except DeclarationError as error:
        for problem in error.problems:
            where = problem.where or function.declared_at
            yield Problem(problem.what, where=where, fix=problem.fix)
        return
    if len(function.on) > MAX_TRIGGERS:
        yield Problem(
            f"function {function.name!r} has {len(function.on)} triggers, at most four are allowed",
            where=function.declared_at,
            fix="declare a second function with the same handler",
        )
    for trigger in function.on:
        if not isinstance(trigger, Trigger):
            yield Problem(
                f"on={trigger!r} is not a trigger",
                where=function.declared_at,
                fix="use bucket.created(), queue.messages(), topic.messages() or sparta.schedule()",
            )
        elif not _accepts(handler, trigger):
            wanted = getattr(trigger.event_type, "__name__", "")
            yield Problem(
                f"handler {function.name!r} does not take the events of its trigger: they are "
                f"events.{wanted}",
                where=function.declared_at,
                fix=f"annotate its first argument with events.{wanted}, or dict[str, Any]",
            )
        if isinstance(trigger, Schedule):
            yield from schedule_problems(trigger)
        if isinstance(trigger, QueueMessages):
            yield from _batch_problems(trigger)


def _batch_problems(trigger: QueueMessages) -> Iterator[Problem]:
    place = trigger.declared_at
    if trigger.batch_size not in BATCH_SIZE:
        what = f"batch_size={trigger.batch_size} is out of range"
        yield Problem(what, where=place, fix="use a whole number from 1 to 10000")
    if trigger.window_s not in WINDOW_S:
        what = f"window_s={trigger.window_s} is out of range"
        yield Problem(what, where=place, fix="use a whole number of seconds from 0 to 300")
    elif trigger.batch_size > BATCH_SIZE_WITHOUT_WINDOW and trigger.window_s == 0:
        what = f"batch_size={trigger.batch_size} needs a window"
        yield Problem(what, where=place, fix="add window_s=1 or more, or take at most 10")


def _accepts(handler: Handler, trigger: Trigger[Any]) -> bool:
    if handler.is_request:
        return False
    wanted = handler.event_type
    classes = wanted.classes if isinstance(wanted, EventBySource) else (wanted,)
    typed = [cls for cls in classes if isinstance(cls, type) and issubclass(cls, Event)]
    return not typed or issubclass(trigger.event_type, tuple(typed))


def _limit_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    place = function.declared_at
    if type(function.memory_mb) is not int or function.memory_mb not in MEMORY_MB:
        yield Problem(
            f"memory_mb={function.memory_mb} of {function.name!r} is out of range",
            where=place,
            fix="use a whole number from 128 to 10240",
        )
    if type(function.timeout_s) is not int or function.timeout_s not in TIMEOUT_S:
        yield Problem(
            f"timeout_s={function.timeout_s} of {function.name!r} is out of range",
            where=place,
            fix="use a whole number from 1 to 900",
        )
    described: object = function.description
    if isinstance(described, str) and len(described) > DESCRIPTION_CHARACTERS:
        yield Problem(
            f"the description of {function.name!r} has {len(described)} characters",
            where=place,
            fix=f"Lambda takes at most {DESCRIPTION_CHARACTERS}",
        )
    if isinstance(function.environment, Mapping):
        yield from _environment_problems(function)


def _environment_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    place = function.declared_at
    for name, value in function.environment.items():
        if not (str(name).isidentifier() and str(name).isascii()):
            what = f"{name!r} of {function.name!r} is not the name of an environment variable"
            yield Problem(what, where=place, fix="use letters, digits and _, a letter first")
        elif name.startswith(RESERVED) and name != AWS_LAMBDA_EXEC_WRAPPER:
            yield Problem(
                f"environment variable {name!r} of {function.name!r} cannot be set",
                where=place,
                fix="names starting with AWS_, LAMBDA_, SPARTA_ or _ are reserved",
            )
        if not isinstance(value, str):
            what = f"environment variable {name!r} of {function.name!r} is {value!r}, not a text"
            yield Problem(what, where=place, fix=f"write {str(value)!r}")


def _use_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    for use in function.uses:
        if isinstance(use, Statement | Actions):
            yield from statement_problems(use, function)
            continue
        if not isinstance(use, Grant):
            yield Problem(
                f"uses={use!r} of {function.name!r} is not a grant",
                where=function.declared_at,
                fix="write uses=[table.grant(...)]",
            )
            continue
        resource = use.resource
        if not isinstance(resource, GrantingResource):
            continue
        if not use.actions:
            yield Problem(
                f"the grant on {resource.logical_id} names no action",
                where=use.declared_at,
                fix=f"write {resource.logical_id.lower()}.grant(...) with at least one action",
            )
        for action in resource.unknown_actions(use.actions):
            known = f"{resource.actions_on_itself} {resource.actions_on_content}".split()
            yield Problem(
                f"{resource.type} {resource.logical_id} has no action {action!r}",
                where=use.declared_at,
                fix=f"use one of {', '.join(sorted(known))}, or iam.Statement for others",
            )


def wrapper_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    """Yield the functions whose exec wrapper leaves no place for the bootstrap door."""
    for function in functions:
        environment: object = function.environment
        if isinstance(environment, Mapping) and AWS_LAMBDA_EXEC_WRAPPER in environment:
            yield Problem(
                f"the door 'bootstrap' was asked for, but {function.name!r} has an exec wrapper",
                where=function.declared_at,
                fix="a function has one: leave out --door, or the wrapper in its environment",
            )
