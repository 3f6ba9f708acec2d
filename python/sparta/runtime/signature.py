"""Signatures of handlers: functions, methods, partials, callable objects, decorated functions."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FunctionType
    from typing import Any

    from sparta.errors import Problem

_TAKES_ANY_POSITIONAL = 0x04
_IS_GENERATOR = 0x20
_IS_COROUTINE = 0x80
_IS_ASYNC_GENERATOR = 0x200
_MOST_ARGUMENTS = 2
_HTTP_ARGUMENTS = 4
_HTTP_FIX = "an http_handler takes an event, a context, a response and a logger"
_FIX = "a handler takes nothing, an event, or an event and a context; give the others a default"


class Signature:
    """How a handler may be called.

    Args:
        function: The Python function that is called in the end; None where there is none, as
            behind a class or a callable written in C.
        positional: Names of the parameters that can still be given by position.
        required: Those of them without a default.
        required_keywords: Keyword-only parameters without a default.
    """

    __slots__ = ("function", "positional", "required", "required_keywords")

    def __init__(
        self,
        function: FunctionType | None,
        positional: tuple[str, ...] = (),
        required: tuple[str, ...] = (),
        required_keywords: tuple[str, ...] = (),
    ) -> None:
        self.function = function
        self.positional = positional
        self.required = required
        self.required_keywords = required_keywords

    @property
    def flags(self) -> int:
        """The flags of the function's code; those of `*args` where there is no function."""
        return self.function.__code__.co_flags if self.function else _TAKES_ANY_POSITIONAL

    @property
    def argument_count(self) -> int:
        """How many of (event, context) to pass."""
        if self.flags & _TAKES_ANY_POSITIONAL:
            return _MOST_ARGUMENTS
        return min(len(self.positional), _MOST_ARGUMENTS)

    @property
    def is_async(self) -> bool:
        """Whether it needs an event loop: calling it gives a coroutine or an async generator."""
        return bool(self.flags & (_IS_COROUTINE | _IS_ASYNC_GENERATOR))

    @property
    def is_stream(self) -> bool:
        """Whether calling it gives a generator, of either kind."""
        return bool(self.flags & (_IS_GENERATOR | _IS_ASYNC_GENERATOR))

    @property
    def where(self) -> str:
        """The function's file and line."""
        if self.function is None:
            return ""
        code = self.function.__code__
        return f"{code.co_filename}:{code.co_firstlineno}"

    def problem(self, name: str) -> Problem | None:
        """Return what keeps this from being the handler of the function `name`."""
        if len(self.required) > _MOST_ARGUMENTS:
            text = f"takes {len(self.required)} arguments ({', '.join(self.required)})"
        elif self.required_keywords:
            text = f"needs keyword arguments ({', '.join(self.required_keywords)})"
        else:
            return None
        from sparta.errors import Problem

        return Problem(f"the handler {name} {text}", where=self.where, fix=_FIX)


def http_handler_problem(handler: object, name: str) -> Problem | None:
    """Return what keeps `handler` from being the `http_handler` of the function `name`."""
    from sparta.errors import Problem

    if not callable(handler):
        what = f"the http_handler {name} is a {type(handler).__name__}, which cannot be called"
        return Problem(what, fix="give a function")
    signature = signature_of(handler)
    names = (*signature.positional, *signature.required_keywords)
    takes_four = (
        len(signature.positional) >= _HTTP_ARGUMENTS or signature.flags & _TAKES_ANY_POSITIONAL
    )
    too_many = len(signature.required) > _HTTP_ARGUMENTS or signature.required_keywords
    if too_many or not takes_four:
        what = f"the http_handler {name} takes {len(names)} arguments ({', '.join(names)})"
        return Problem(what, where=signature.where, fix=_HTTP_FIX)
    if signature.is_stream:
        what = f"the http_handler {name} is a generator, which would never be run"
        return Problem(what, where=signature.where, fix="write the answer to its `response`")
    return None


def signature_of(call: Any) -> Signature:  # noqa: ANN401 - any callable
    """Return the signature of any callable."""
    skipped = 0
    bound: dict[str, object] = {}
    while True:
        if hasattr(call, "__func__"):  # a bound method: its first parameter is given
            call, skipped = call.__func__, skipped + 1
        elif type(call).__name__ == "partial" and hasattr(call, "func"):
            skipped += len(call.args)
            bound.update(call.keywords)
            call = call.func
        elif hasattr(call, "__code__"):
            if not (call.__code__.co_flags & _TAKES_ANY_POSITIONAL and _wrapped(call)):
                return _of_function(call, skipped, bound)
            call = _wrapped(call)
        else:
            method = type(call).__call__
            if isinstance(call, type) or not hasattr(method, "__code__"):
                return Signature(None)
            call, skipped = method, skipped + 1


def _wrapped(function: Any) -> Callable[..., object] | None:  # noqa: ANN401 - any function
    found: Callable[..., object] | None = getattr(function, "__wrapped__", None)
    return found


def _of_function(function: FunctionType, skipped: int, bound: dict[str, object]) -> Signature:
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]
    last_required = len(names) - len(function.__defaults__ or ())
    positional, after = _until_bound(names, skipped, bound)
    keyword_only = code.co_varnames[len(names) : len(names) + code.co_kwonlyargcount]
    defaults = function.__kwdefaults__ or {}
    without_default = set(names[:last_required])
    return Signature(
        function,
        positional,
        tuple(name for name in positional if name in without_default),
        tuple(
            name
            for name in (*after, *keyword_only)
            if name not in bound
            and name not in defaults
            and (name in without_default or name in keyword_only)
        ),
    )


def _until_bound(
    names: tuple[str, ...],
    skipped: int,
    bound: dict[str, object],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split the parameters at the first that a partial binds by name.

    Those after it can be given only by name.
    """
    for index in range(skipped, len(names)):
        if names[index] in bound:
            return names[skipped:index], names[index:]
    return names[skipped:], ()
