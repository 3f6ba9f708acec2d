"""Checks one function: its limits, its environment, what it uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sparta.app.limits import (
    DESCRIPTION_CHARACTERS,
    MEMORY_MB,
    TIMEOUT_S,
)
from sparta.app.validate_options import option_problems
from sparta.app.validate_role import role_problems, statement_problems
from sparta.app.validate_triggers import trigger_problems
from sparta.aws.granting import GrantingResource
from sparta.env import AWS_LAMBDA_EXEC_WRAPPER
from sparta.errors import Problem
from sparta.iam.builder import Actions
from sparta.iam.statement import Grant, Statement
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.function import Function

RESERVED = frozenset(
    {
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    }
)
RESERVED_STARTS = ("AWS_CONTAINER_", "AWS_LAMBDA_", "SPARTA_", "_")
"""What Lambda and Sparta set themselves; the exec wrapper is the function's own.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""


def function_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    """Yield everything that is wrong with one function."""
    yield from option_problems(function)
    yield from trigger_problems(function)
    yield from _limit_problems(function)
    yield from _use_problems(function)
    yield from role_problems(function)


def _limit_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    place = function.declared_at
    if type(function.memory_mb) is not int or function.memory_mb not in MEMORY_MB:
        yield Problem(
            f"memory_mb={function.memory_mb!r} of {function.name!r} is out of range",
            where=place,
            fix="use a whole number from 128 to 10240",
        )
    if type(function.timeout_s) is not int or function.timeout_s not in TIMEOUT_S:
        yield Problem(
            f"timeout_s={function.timeout_s!r} of {function.name!r} is out of range",
            where=place,
            fix="use a whole number from 1 to 900",
        )
    described: object = function.description
    known = isinstance(described, str) and not has_marker(described)
    if known and len(str(described)) > DESCRIPTION_CHARACTERS:
        yield Problem(
            f"the description of {function.name!r} has {len(str(described))} characters",
            where=place,
            fix=f"Lambda takes at most {DESCRIPTION_CHARACTERS}",
        )
    if isinstance(function.environment, Mapping):
        yield from _environment_problems(function)


def _environment_problems(function: Function[Any, Any]) -> Iterator[Problem]:
    place = function.declared_at
    for name, value in function.environment.items():
        text = str(name)
        if not (text.isidentifier() and text.isascii() and len(text) > 1):
            what = f"{name!r} of {function.name!r} is not the name of an environment variable"
            fix = "use letters, digits and _, a letter first, two characters or more"
            yield Problem(what, where=place, fix=fix)
        elif text in RESERVED or (
            text.startswith(RESERVED_STARTS) and text != AWS_LAMBDA_EXEC_WRAPPER
        ):
            yield Problem(
                f"environment variable {name!r} of {function.name!r} cannot be set",
                where=place,
                fix="Lambda or Sparta sets it; use another name",
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
                fix=f"use one of {', '.join(sorted(set(known)))}, or iam.Statement for others",
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
