"""`sparta build`: `provision --noop` under a name of its own, with the options that it needs."""

from __future__ import annotations

from typing import Any

import click

from sparta.cli import provision

_OF_DEPLOYMENT = {"allow_data_loss", "as_json", "local", "no_iam", "noop", "profile", "region"}
"""Options of `provision` that mean nothing where no AWS is called."""


@click.pass_context
def build(ctx: click.Context, /, **options: Any) -> None:  # noqa: ANN401 - those of `provision`
    """Make template and archives in .sparta/, without AWS."""
    ctx.obj.command = "build"
    ctx.invoke(provision.command, noop=True, **options)


command = click.Command(
    "build",
    callback=build,
    params=[one for one in provision.command.params if one.name not in _OF_DEPLOYMENT],
    help=build.__doc__,
)
