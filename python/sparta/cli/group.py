"""The group of commands; each is a module of its own, imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from sparta.cli.exits import exit_code
from sparta.cli.options import app_option, debug_option
from sparta.errors import Problem, SpartaError

if TYPE_CHECKING:
    from sparta.cli.session import Session

COMMANDS = {
    "provision": "Deploy the application, or what changed of it.",
    "build": "Make template and archives in .sparta/, without AWS.",
    "delete": "Delete the stack and say what it leaves behind.",
    "status": "Show the stack: outputs, parameters, tags.",
    "describe": "Show functions, triggers, rights, next runs; asks nothing of AWS.",
    "invoke": "Invoke a deployed function and print its answer.",
    "bench": "Measure your functions on this machine, pure against native; calls no AWS.",
    "profile": "Show what a function's imports cost; calls no AWS.",
    "policy": "Print or check IAM policies; asks nothing of AWS.",
    "local": "Start, stop and look at the local AWS.",
    "version": "Show the version of Sparta.",
}
"""Name and first line of help; here, so that help imports none of them."""


class Commands(click.Group):
    """Finds commands by name in this package, and turns errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of help; the application's own where it was started."""
        return [*COMMANDS, *self._own(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name, of the application if it is not ours; or None."""
        from sparta.cli import own

        if cmd_name not in COMMANDS:
            return own.own_commands(ctx.obj, tuple(COMMANDS)).get(cmd_name)
        command: click.Command = import_module(f"sparta.cli.{cmd_name}").command
        return own.with_flags(command, ctx.obj) if cmd_name in own.WITH_FLAGS else command

    def _own(self, ctx: click.Context) -> dict[str, click.Command]:
        session: Session | None = ctx.obj
        if session is None or session.declaration is None:
            return {}  # help runs nobody's code
        from sparta.cli import own

        return own.own_commands(session, tuple(COMMANDS))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
        found = self._own(ctx)
        if found:
            with formatter.section("Commands of the application"):
                formatter.write_dl(
                    [(name, each.get_short_help_str()) for name, each in found.items()]
                )

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click declares it
        """Run the command; an error becomes its message and its exit code."""
        session: Session = ctx.obj
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click's own
        except KeyboardInterrupt:
            _end(ctx, session, SpartaError("Interrupted"))
        except Exception as error:  # noqa: BLE001 - the last place where one can be told
            _end(ctx, session, error)


def _end(ctx: click.Context, session: Session, error: Exception) -> None:
    if session.debug:
        import traceback

        traceback.print_exception(error)
    for problem in _problems(error):
        session.console.error(problem)
    ctx.exit(exit_code(error))


def _problems(error: Exception) -> tuple[Problem, ...]:
    if isinstance(error, SpartaError):
        return error.problems
    what = f"Sparta failed unexpectedly: {type(error).__name__}: {error}"
    return (Problem(what, fix="Run it again with --debug to see where; this is a bug of Sparta"),)


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True
)
@app_option
@debug_option
@click.version_option(None, "-V", "--version", package_name="sparta")
def sparta() -> None:
    """Python applications that deploy themselves to AWS Lambda."""
