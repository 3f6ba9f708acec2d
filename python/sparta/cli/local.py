"""`sparta local`: the AWS that runs on this machine, one for each project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sparta.cli.options import debug_option
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.errors import LocalError, UsageError

if TYPE_CHECKING:
    from sparta.local.endpoint import Endpoint


@click.group("local")
def command() -> None:
    """Start, stop and look at the local AWS."""


@command.command("start")
@click.option("--no-iam", is_flag=True, help="Ignore the functions' roles.")
@debug_option
@click.pass_obj
def start(session: Session, *, no_iam: bool) -> None:
    """Start it, unless it runs already."""
    from sparta.local import daemon

    _show(session, daemon.start(_project(session), iam=not no_iam, report=session.console))


@command.command("stop")
@debug_option
@click.pass_obj
def stop(session: Session) -> None:
    """End it; what was deployed to it is gone."""
    from sparta.local import daemon

    ran = daemon.stop(_project(session))
    session.console("Local AWS is stopped" if ran else "The local AWS did not run")


@command.command("status")
@debug_option
@click.pass_obj
def status(session: Session) -> None:
    """Show whether and where it runs."""
    from sparta.local import daemon

    endpoint = daemon.status(_project(session))
    if endpoint is None:
        raise LocalError("The local AWS does not run", fix="Start it by sparta local start")
    _show(session, endpoint)


@command.command("reset")
@debug_option
@click.pass_obj
def reset(session: Session) -> None:
    """Forget what was deployed to it, and start it anew."""
    from sparta.local import daemon

    _show(session, daemon.reset(_project(session), report=session.console))


@command.command("logs")
@debug_option
@click.pass_obj
def logs(session: Session) -> None:
    """Print what it and its functions wrote since it was started."""
    from sparta.local import daemon

    click.echo(daemon.logs(_project(session)), nl=False)


def _project(session: Session) -> Path:
    """Return the application's project, or the current folder where there is no application."""
    try:
        return session.project()
    except UsageError:
        if session.app is not None:
            raise
        return Path.cwd()


def _show(session: Session, endpoint: Endpoint) -> None:
    place = {"Endpoint": endpoint.url, "Account": endpoint.account, "Region": endpoint.region}
    enforced = str(endpoint.iam).lower()
    session.console("Local AWS is ready", **place, Bucket=endpoint.bucket, EnforcesRoles=enforced)
    session.console("Local AWS process", Pid=endpoint.pid, Log=endpoint.log_file)
