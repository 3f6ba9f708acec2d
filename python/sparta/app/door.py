"""The ways into the native core, and which one a function takes.

| door | what Lambda starts | what serves |
|---|---|---|
| bootstrap | our exec wrapper | the core, alone |
| takeover | AWS's client, which imports the handler's module | the core, from within that import |
| handler | AWS's client | AWS's client, which calls the core for each event |

Docs: docs/doors.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sparta.env import AWS_LAMBDA_EXEC_WRAPPER

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.app.function import Function

Door = Literal["bootstrap", "takeover", "handler"]
DOORS: tuple[Door, ...] = get_args(Door)

_MODULES = {"takeover": "_sparta_takeover", "handler": "_sparta_handler"}


def door_of(application: Application, function: Function[Any, Any]) -> Door | None:
    """Return the door of one function; None under AWS's client alone.

    A function has one exec wrapper: where its environment names another than ours (Datadog's,
    OpenTelemetry's), the core takes over behind that one.
    """
    if application.runtime != "native":
        return None
    if application.door == "bootstrap" and AWS_LAMBDA_EXEC_WRAPPER in function.environment:
        return "takeover"
    return application.door


def doors(application: Application) -> tuple[Door, ...]:
    """Return the doors that the application's archive needs."""
    if application.runtime != "native":
        return ()
    needed = {application.door, *(door_of(application, f) for f in application.functions)}
    return tuple(door for door in DOORS if door in needed)


def handler_setting(application: Application, function: Function[Any, Any]) -> str:
    """Return Lambda's handler setting of a function, such as `index.create_order`."""
    module = _MODULES.get(door_of(application, function) or "", "index")
    return f"{module}.{function.entry_name}"
