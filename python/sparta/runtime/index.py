"""The archive's index: from a function's name to what Lambda calls.

The generated `index.py` asks `resolve` for an attribute it does not have, so that only the module
of the one function this process is for gets imported.
"""

from __future__ import annotations

import sys

from sparta.env import AWS_LAMBDA_RUNTIME_API, variable
from sparta.runtime.handler import handler_of
from sparta.runtime.log_output import core_that_serves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from sparta.runtime.handler import Handler

    Path = tuple[str | int, ...]
    Entries = Mapping[str, tuple[str, Path] | tuple[str, Path, bool]]


class HandlerImportError(Exception):
    """An AttributeError from a module of the application, under its own name.

    Raised while an attribute of the index is looked up, the original would be taken for "there is
    no such handler" by every runtime, and its message and traceback would be lost.
    """


HandlerImportError.__name__ = "AttributeError"


def resolve(
    entries: Entries, name: str, named: Mapping[str, tuple[str, ...]] | None = None
) -> Callable[[Any, Any], object]:
    """Return what Lambda calls for the function `name`.

    Args:
        entries: By function name: the module, and the path of the Function in it, which is a
            module-level name and then keys or positions; True after them for the provider of a
            custom resource.
        name: The function's name, sanitised.
        named: What functions of the application read of `sparta`, by module: it is loaded here, in
            INIT, which has a full core.

    Raises:
        AttributeError: There is no such function.
        DeclarationError: Its handler cannot be called, or its event cannot be decoded.
    """
    if name not in entries:
        raise AttributeError(name)
    module_name, path, *provides = entries[name]
    if provides:
        return _resolved_provider(module_name, path, name)
    return _resolved(module_name, path, named or {})


def _resolved(
    module_name: str, path: Path, named: Mapping[str, tuple[str, ...]]
) -> Callable[[Any, Any], object]:
    try:
        __import__(module_name)
        value = getattr(sys.modules[module_name], str(path[0]))
    except AttributeError as error:
        failure = HandlerImportError(str(error))
        raise failure.with_traceback(error.__traceback__) from None
    _load_named(named)
    for step in path[1:]:
        value = value[step]
    _prepare(value)
    handler = handler_of(value)
    interceptors = getattr(value, "options", {}).get("interceptors")
    if interceptors:
        from sparta.runtime.interceptor import intercepted

        handler = intercepted(handler, interceptors)
    return _entry_of(handler) if core_that_serves() is None else _mark_of(handler)


def _resolved_provider(module_name: str, path: Path, name: str) -> Callable[[Any, Any], object]:
    """Return what Lambda calls for a provider: CloudFormation waits for an answer in any case."""
    try:
        return _resolved(module_name, path, {})
    except Exception as error:
        if variable(AWS_LAMBDA_RUNTIME_API) is None:
            raise
        import traceback

        sys.stdout.write("".join(traceback.format_exception(error)))
        from sparta.runtime.custom_resource import refusing

        handler = handler_of(refusing(error))
        handler.name = name
    return _entry_of(handler) if core_that_serves() is None else _mark_of(handler)


def _load_named(named: Mapping[str, tuple[str, ...]]) -> None:
    front = sys.modules.get("sparta")
    for module, names in named.items():
        if module in sys.modules:
            for name in names:
                getattr(front, name, None)


def _prepare(function: Any) -> None:  # noqa: ANN401 - a Function, or any callable
    """Let what the function uses import what it needs, while INIT has a full core."""
    for use in getattr(function, "uses", ()):
        prepare = getattr(getattr(use, "resource", None), "prepare", None)
        if prepare is not None:
            prepare()


def _entry_of(handler: Handler) -> Callable[[Any, Any], object]:
    from sparta.runtime.pure import entry_of

    return entry_of(handler)


def _mark_of(handler: Handler) -> Callable[[Any, Any], object]:
    """Return what carries the Handler for the native core, which calls the user's function itself.

    The pure runtime, a fifth of what Sparta has to import, is loaded only if somebody calls this.
    """

    def invoke(event: Any, context: Any) -> object:  # noqa: ANN401 - any JSON, any context
        return _entry_of(handler)(event, context)

    invoke.__name__ = invoke.__qualname__ = handler.name
    invoke.__sparta_handler__ = handler  # type: ignore[attr-defined]
    return invoke
