"""Which Python and processor each function runs on, and the archive that this takes.

There is one archive, unless functions ask for another Python or processor than the application's:
each combination of the two then has an archive of its own, with those functions only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sparta.app.settings import settings_of

if TYPE_CHECKING:
    from sparta.app.application import Application
    from sparta.app.function import Function

CODE_KEY = "CodeKey"
"""The template's parameter for the key of the application's own archive."""


def python_of(application: Application, function: Function[Any, Any]) -> str:
    """Return the minor version that a function runs on, such as `3.12`."""
    return settings_of(function).python or application.python


def architecture_of(application: Application, function: Function[Any, Any]) -> str:
    """Return the processor that a function runs on, `x86_64` or `arm64`."""
    return settings_of(function).architecture or application.architecture


def code_key(application: Application, function: Function[Any, Any]) -> str:
    """Return the name of the parameter for the key of a function's archive."""
    python, architecture = python_of(application, function), architecture_of(application, function)
    if (python, architecture) == (application.python, application.architecture):
        return CODE_KEY
    return f"{CODE_KEY}{architecture}python{python}".replace("_", "").replace(".", "")


def code_keys(application: Application) -> tuple[str, ...]:
    """Return the parameters for the keys of all archives, in order; none without functions."""
    return tuple(sorted({code_key(application, function) for function in application.functions}))


def archived_as(application: Application, key: str) -> Application:
    """Return the application as one archive has it: its own functions, Python and processor."""
    functions = tuple(each for each in application.functions if code_key(application, each) == key)
    if functions == application.functions and key == CODE_KEY:
        return application
    names = {function.entry_name for function in functions}
    return replace(
        application,
        functions=functions,
        entries={name: entry for name, entry in application.entries.items() if name in names},
        python=python_of(application, functions[0]),
        architecture=architecture_of(application, functions[0]),
    )
