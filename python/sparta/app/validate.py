"""Checks a declaration before anything is built: every problem at once, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.app.limits import PYTHONS
from sparta.app.validate_custom_resources import custom_resource_problems
from sparta.app.validate_delivery_stream import delivery_stream_problems
from sparta.app.validate_functions import function_problems
from sparta.app.validate_notifications import notification_problems
from sparta.app.validate_records import view_problems
from sparta.app.validate_resources import resource_problems
from sparta.app.validate_role import own_role_problems
from sparta.app.validate_settings import setting_problems
from sparta.app.validate_site import site_problems
from sparta.app.validate_sources import source_problems
from sparta.app.validate_taken import taken_problems
from sparta.app.validate_values import value_problems
from sparta.errors import Problem
from sparta.iam.statement import Grant
from sparta.model.token import has_marker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sparta.app.application import Declaration
    from sparta.cfn.resource import Resource

STACK_NAME_CHARACTERS = 128
RESERVED_ENTRY_NAMES = frozenset({"_ENTRIES", "_NAMED", "_resolve", "__getattr__", "_sparta_enter"})


def problems(
    declaration: Declaration,
    functions: Iterable[Function[Any, Any]],
    resources: Iterable[Resource],
) -> list[Problem]:
    """Return everything that is wrong with a declaration.

    Args:
        declaration: The arguments of `sparta.main`.
        functions: The functions gathered from it.
        resources: The resources gathered from it.
    """
    declared: tuple[object, ...] = tuple(functions)
    real = [function for function in declared if isinstance(function, Function)]
    checks: tuple[Callable[[], Iterator[Problem]], ...] = (
        lambda: _type_problems(declaration),
        lambda: _service_problems(declaration),
        lambda: own_role_problems(declaration, declaration.declared_at),
        lambda: _kind_problems(declared, declaration.declared_at),
        lambda: _name_problems(real),
        lambda: (problem for function in real for problem in function_problems(function)),
        lambda: (
            problem
            for function in real
            for problem in setting_problems(function, declaration.python)
        ),
        lambda: view_problems(real),
        lambda: taken_problems(real),
        lambda: _route_problems(declaration),
        lambda: resource_problems(resources),
        lambda: value_problems([*resources, *_fetched(real)], str(declaration.name)),
        lambda: source_problems(resources),
        lambda: custom_resource_problems(resources),
        lambda: notification_problems(real),
        lambda: site_problems(declaration, resources),
        lambda: delivery_stream_problems(resources),
    )
    return [problem for check in checks for problem in check()]


def _fetched(functions: Iterable[Function[Any, Any]]) -> Iterator[object]:
    """Yield what functions have grants on, the stack's or not."""
    for function in functions:
        yield from (use.resource for use in function.uses if isinstance(use, Grant))


def _type_problems(declaration: Declaration) -> Iterator[Problem]:
    """Yield what type checkers would have said of the arguments of `sparta.main`."""
    place = declaration.declared_at
    described: object = declaration.description
    if not isinstance(described, str):
        yield Problem(f"description={described!r} is not a text", where=place)
    tags: dict[Any, Any] = dict(declaration.tags)
    for name, value in tags.items():
        if not (isinstance(name, str) and isinstance(value, str)) or name.startswith("aws:"):
            yield Problem(
                f"tag {name!r}={value!r} cannot be set",
                where=place,
                fix="a tag is a text for a text, and names starting with aws: are reserved",
            )


def _service_problems(declaration: Declaration) -> Iterator[Problem]:
    name, place = declaration.name, declaration.declared_at
    letters = name.replace("-", "")
    if has_marker(name):
        yield Problem("the service's name holds a token", where=place, fix="use plain text")
    elif not (
        name[:1].isalpha()
        and letters.isalnum()
        and name.isascii()
        and len(name) <= STACK_NAME_CHARACTERS
    ):
        yield Problem(
            f"service name {name!r} is not a stack name",
            where=place,
            fix="use letters, digits and `-`, starting with a letter, at most 128 characters",
        )
    if not declaration.functions and declaration.api is None and not declaration.resources:
        yield Problem(
            "the application has no functions",
            where=place,
            fix="pass functions=[...] or api=... to sparta.main",
        )
    if declaration.python not in PYTHONS:
        yield Problem(
            f"python={declaration.python!r} is not supported",
            where=place,
            fix=f"use one of {', '.join(PYTHONS)}",
        )
    if declaration.architecture not in ("x86_64", "arm64"):
        yield Problem(
            f"architecture={declaration.architecture!r} is not one of Lambda's",
            where=place,
            fix='use "x86_64" or "arm64"',
        )


def _kind_problems(functions: Iterable[object], place: str) -> Iterator[Problem]:
    for value in functions:
        if not isinstance(value, Function):
            yield Problem(
                f"{value!r} is not a Function",
                where=place,
                fix="decorate it with @sparta.function(), or wrap it: sparta.Function(handler)",
            )


def _name_problems(functions: Iterable[Function[Any, Any]]) -> Iterator[Problem]:
    taken: dict[str, Function[Any, Any]] = {}
    for function in functions:
        if not isinstance(function.name, str):
            continue  # said with the other options
        if has_marker(function.name):
            yield Problem("the function's name holds a token", where=function.declared_at)
            continue
        entry = function.entry_name
        if not entry.strip("_"):
            yield Problem(
                f"function name {function.name!r} has no letter or digit",
                where=function.declared_at,
                fix="give it one: name=...",
            )
        elif entry in RESERVED_ENTRY_NAMES:
            yield Problem(
                f"function name {function.name!r} is reserved", where=function.declared_at
            )
        elif entry in taken:
            other = taken[entry]
            yield Problem(
                f"two functions would both be named {entry!r}: "
                f"{other.name!r} ({other.declared_at}) and {function.name!r}",
                where=function.declared_at,
                fix="give one of them another name=...",
            )
        else:
            taken[entry] = function


def _route_problems(declaration: Declaration) -> Iterator[Problem]:
    seen: set[str] = set()
    for route in declaration.api.routes if declaration.api else ():
        if not route.path.startswith("/"):
            yield Problem(
                f"path {route.path!r} does not start with a slash",
                where=route.declared_at,
                fix=f"write {'/' + route.path!r}",
            )
        what = _path_problem(route.path)
        if what:
            fix = "write {name} for one part, {name+} for the rest, each name once"
            yield Problem(f"path {route.path!r}: {what}", where=route.declared_at, fix=fix)
        if route.key in seen:
            yield Problem(
                f"route `{route.key}` is declared twice",
                where=route.declared_at,
                fix="keep one of them",
            )
        seen.add(route.key)


def _path_problem(path: str) -> str:
    """Return what is wrong with the parameters in a route's path; empty where nothing is."""
    names = []
    for part in path.split("/"):
        if not set("{}") & set(part):
            continue
        name = part.removeprefix("{").removesuffix("}")
        if f"{{{name}}}" != part or not name.removesuffix("+").replace("_", "").isalnum():
            return f"{part!r} is not a parameter"
        names.append(name.removesuffix("+"))
    return "a parameter stands twice" if len(set(names)) < len(names) else ""
