"""`sparta profile imports`: what each module costs, and what to drop to start faster."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sparta.cli.options import app_option, debug_option
from sparta.cli.session import Session  # noqa: TC001 - as every command

if TYPE_CHECKING:
    from sparta.app.function import Function
    from sparta.errors import Problem
    from sparta.measure.imports import Imports
    from sparta.measure.unpacked import Unpacked

SHOWN_MODULES = 30
METHOD = (
    "CPU milliseconds, medians of {runs} imports, each in a process of its own; recording adds "
    "some microseconds to each module. No credentials, and no AWS behind the endpoint."
)


@click.group("profile")
def command() -> None:
    """Show what a function's imports cost; calls no AWS."""


@command.command("imports")
@click.option("--function", "name", metavar="NAME", help="This function only.")
@click.option(
    "--rounds", type=click.IntRange(1), default=5, show_default=True, help="Imports to be timed."
)
@click.option("--all", "everything", is_flag=True, help="Show each module, not only the biggest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@app_option
@debug_option
@click.pass_obj
def imports(
    session: Session, *, name: str | None, rounds: int, everything: bool, as_json: bool
) -> None:
    """Show each function's imports with their cost, and what to drop to start faster."""
    import tempfile
    from pathlib import Path

    from sparta.cli.console import coloured
    from sparta.cli.import_tables import document, drops, tree
    from sparta.cli.render import json_text
    from sparta.cli.unpacking import chosen, slice_note
    from sparta.measure.imports import imports_of
    from sparta.measure.subject import MeasureError

    session.console.keep_stdout_for_results()
    application = session.application()
    found: list[tuple[Unpacked, Function[Any, Any], Imports]] = []
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="sparta-") as folder:
        for archive, function in chosen(application, name, Path(folder), session.console):
            session.console("Importing", Function=function.name, Times=rounds + 1)
            try:
                found.append((archive, function, imports_of(archive, function, rounds)))
            except MeasureError as error:
                problems += error.problems
    if as_json:
        functions = {
            function.name: {**document(made), "slice": slice_note(archive, function)}
            for archive, function, made in found
        }
        click.echo(json_text({"runtime": application.runtime, "functions": functions}))
    elif found:
        colour = coloured(sys.stdout)
        shown = None if everything else SHOWN_MODULES
        for archive, function, made in found:
            title = f"{function.name}: {made.cpu_ms:.1f} ms in {len(made.modules)} modules"
            nothing = "Nothing to drop: no import of yours"
            click.echo(tree(title, made, shown, colour=colour) + "\n")
            click.echo((drops(made, colour=colour) or nothing) + "\n")
            click.echo(f"Slice: {slice_note(archive, function)}\n")
        click.echo(METHOD.format(runs=rounds))
    if problems:
        raise MeasureError.of(problems)
