"""`sparta invoke`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sparta.cli.options import Where, aws_options
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.errors import DeployError, UsageError


@click.command("invoke")
@click.argument("function")
@click.option(
    "-e",
    "--event",
    default="{}",
    metavar="JSON|FILE|-",
    help="The event: JSON text, a file of it, or - for standard input. Default: {}",
)
@aws_options
def command(session: Session, where: Where, function: str, event: str) -> None:
    """Invoke a deployed function and print its answer.

    FUNCTION is its name as declared, or as AWS knows it. The answer goes to standard output, its
    log to standard error.
    """
    from sparta.cli.target import find
    from sparta.deploy.status import deployed_function, status

    payload = _event(event)
    console = session.console
    console.keep_stdout_for_results()
    name = session.declared().name
    aws = find(console, where, session.project()).aws
    target = deployed_function(status(name, aws), function, aws)
    console("Invoking", Function=target)
    answer = aws.invoke(target, payload)
    # AWS's client parts the lines of one record by carriage returns.
    click.echo(answer.log.replace("\r", "\n").rstrip("\n"), err=True)
    click.echo(answer.payload.decode())
    if answer.error:
        raise DeployError(f"{target} failed", fix="Its error and its log are above")


def _event(given: str) -> bytes:
    """Return the event that the user gave as text, as a file, or on standard input."""
    import orjson

    if given == "-":
        event, source = sys.stdin.buffer.read(), "standard input"
    elif _is_file(given):
        event, source = Path(given).read_bytes(), given
    else:
        event, source = given.encode(), "--event"
    try:
        orjson.loads(event)
    except orjson.JSONDecodeError as error:
        fix = "Give JSON text, a file of it that exists, or -"
        what = f"The event is not valid JSON, nor a file that exists: {error}"
        raise UsageError(what, where=source, fix=fix) from error
    return event


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # JSON text longer than a name can be
        return False
