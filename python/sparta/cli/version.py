"""`sparta version`."""

from __future__ import annotations

import click

from sparta.cli.banner import sparta_sha, sparta_version
from sparta.cli.options import debug_option


@click.command("version")
@debug_option
def command() -> None:
    """Show the version of Sparta."""
    click.echo(f"sparta {sparta_version()} ({sparta_sha()})")
