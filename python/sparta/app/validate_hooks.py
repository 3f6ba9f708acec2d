"""Checks hooks, decorators and interceptors: that they are what is called at their stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sparta.app.function import Function
from sparta.app.hooks import Hooks
from sparta.errors import Problem
from sparta.runtime.interceptor import Interceptor
from sparta.runtime.rust_handler import RustHandler

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sparta.app.application import Declaration

_STAGES = (
    "before_build after_build archive before_template decorate after_template validate rollback"
)


def hook_problems(
    declaration: Declaration, functions: Iterable[Function[Any, Any]]
) -> Iterator[Problem]:
    """Yield what is wrong with the hooks of an application and those of its functions."""
    hooks: object = declaration.hooks
    if isinstance(hooks, Hooks):
        for stage in _STAGES.split():
            for hook in getattr(hooks, stage):
                if not callable(hook):
                    what = f"hooks: {stage} has {hook!r}, which cannot be called"
                    yield Problem(what, where=hooks.declared_at, fix="give functions")
    elif hooks is not None:
        what, fix = f"hooks={hooks!r} is not what it takes", "give sparta.Hooks(...)"
        yield Problem(what, where=declaration.declared_at, fix=fix)
    for function in functions:
        if isinstance(function, Function):
            yield from _of_function(function)


def _of_function(function: Function[Any, Any]) -> Iterator[Problem]:
    place = function.declared_at
    for decorator in function.options.get("decorators", ()):
        if not callable(decorator):
            what = f"decorators of {function.name!r} have {decorator!r}, which cannot be called"
            yield Problem(what, where=place, fix="give functions that return a sparta.Fragment")
    interceptors = function.options.get("interceptors", ())
    for interceptor in interceptors:
        if not isinstance(interceptor, Interceptor):
            what = f"interceptors of {function.name!r} have {interceptor!r}"
            fix = "give objects of classes that inherit sparta.Interceptor"
            yield Problem(what, where=place, fix=fix)
    if interceptors and isinstance(function.handler, RustHandler):
        what = f"{function.name!r} is written in Rust and has interceptors, which are Python"
        yield Problem(what, where=place, fix="leave interceptors= out")
