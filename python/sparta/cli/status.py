"""`sparta status`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sparta.cli.options import Where, aws_options
from sparta.cli.session import Session  # noqa: TC001 - as every command

if TYPE_CHECKING:
    from sparta.cli.console import Console
    from sparta.deploy.stack import Stack

_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")


@click.command("status")
@click.option("-r", "--redact", is_flag=True, help="Hide the account's number.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@aws_options
def command(session: Session, where: Where, *, redact: bool, as_json: bool) -> None:
    """Show the stack: outputs, parameters, tags."""
    from sparta.cli.target import find
    from sparta.deploy.status import status

    console = session.console
    if redact:
        console.hide(_ACCOUNT)
    if as_json:
        console.keep_stdout_for_results()
    name = session.declared().name
    target = find(console, where, session.project())
    found = status(name, target.aws)
    stack = replace(found, outputs=target.reachable(found.outputs))
    if as_json:
        _print_json(stack, redact=redact)
    else:
        _show(console, stack)


def _show(console: Console, stack: Stack) -> None:
    from sparta.cli.render import show_pairs, show_stack

    show_stack(console, stack.status, stack)
    if stack.reason:
        console("Status reason", Reason=stack.reason)
    show_pairs(console, "Parameters", stack.parameters)
    show_pairs(console, "Tags", stack.tags)
    show_pairs(console, "Stack Outputs", stack.outputs)


def _print_json(stack: Stack, *, redact: bool) -> None:
    from sparta.cli.render import json_text, stack_document

    text = json_text(stack_document(stack))
    click.echo(_ACCOUNT.sub("*" * 12, text) if redact else text)
