"""The application's own commands and flags on Sparta's command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sparta.errors import Problem, SpartaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sparta.app.application import Declaration
    from sparta.cli.session import Session

WITH_FLAGS = ("provision", "build")
"""The commands that take the application's flags."""


def declared_if_any(session: Session) -> Declaration | None:
    """Return the application's declaration, where there is one that can be loaded.

    What is wrong with it is told by the command that needs it.
    """
    if session.declaration is None:
        from pathlib import Path

        from sparta.cli.application import declaration_of, find

        try:
            session.declaration = declaration_of(find(Path.cwd(), _app_of(sys.argv[1:])))
        except SpartaError:
            return None
    return session.declaration


def own_commands(session: Session, taken: Sequence[str]) -> dict[str, click.Command]:
    """Return the application's commands by name.

    Raises:
        UsageError: Something is no command of click, or has a name that Sparta needs.
    """
    declaration = declared_if_any(session)
    found: dict[str, click.Command] = {}
    problems = []
    for command in declaration.commands if declaration else ():
        name = getattr(command, "name", None)
        if not isinstance(command, click.Command) or not name:
            what, fix = f"commands have {command!r}", "give functions under @click.command(...)"
            problems.append(Problem(what, where=_place(declaration), fix=fix))
        elif name in taken or name in found:
            what, fix = f"the command {name!r} is there already", "give it another name"
            problems.append(Problem(what, where=_place(declaration), fix=fix))
        else:
            found[name] = command
    if problems:
        raise UsageError.of(problems)
    return found


def with_flags(command: click.Command, session: Session) -> click.Command:
    """Return `command` with the application's flags, whose values go to its hooks.

    Raises:
        UsageError: One of them is no option of click, or has a name that the command needs.
    """
    declaration = declared_if_any(session)
    flags: Sequence[Any] = declaration.flags if declaration else ()
    if not flags:
        return command
    taken = {text for each in command.params for text in (each.name, *each.opts)}
    problems = []
    for flag in flags:
        if not isinstance(flag, click.Option) or taken & {flag.name, *flag.opts}:
            what = f"the flag {flag!r} is no option of click, or there already"
            fix = 'give click.Option(["--name"], ...) with a name of its own'
            problems.append(Problem(what, where=_place(declaration), fix=fix))
    if problems:
        raise UsageError.of(problems)
    names = {flag.name for flag in flags}
    own = command.callback

    @click.pass_context
    def called(ctx: click.Context, /, **options: Any) -> Any:  # noqa: ANN401 - the command's own
        ctx.obj.flags = {name: options.pop(name) for name in names}
        return ctx.invoke(own, **options) if own is not None else None

    params = [*command.params, *flags]
    return click.Command(command.name, callback=called, params=params, help=command.help)


def _place(declaration: Declaration | None) -> str:
    return declaration.declared_at if declaration else ""


def _app_of(arguments: Sequence[str]) -> str | None:
    for number, argument in enumerate(arguments):
        if argument.startswith("--app="):
            return argument.partition("=")[2]
        if argument == "--app" and number + 1 < len(arguments):
            return arguments[number + 1]
    return None
