"""`sparta delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sparta.cli.options import Where, aws_options
from sparta.cli.session import Session  # noqa: TC001 - as every command
from sparta.errors import LocalError

if TYPE_CHECKING:
    from sparta.cli.console import Console
    from sparta.deploy.summary import Deletion


@click.command("delete")
@click.option("--empty-buckets", is_flag=True, help="Delete what the stack's buckets hold.")
@click.option(
    "--purge", is_flag=True, help="Delete also what deletion policies keep, with all it holds."
)
@click.option(
    "--retain",
    multiple=True,
    metavar="LOGICALID",
    help="Leave this behind; for a stack whose deletion failed before.",
)
@aws_options
def command(
    session: Session, where: Where, *, empty_buckets: bool, purge: bool, retain: tuple[str, ...]
) -> None:
    """Delete the stack and say what it leaves behind."""
    from sparta.cli.banner import banner, service
    from sparta.cli.render import show_durations, show_steps
    from sparta.cli.target import find
    from sparta.deploy.delete import Extent, delete
    from sparta.deploy.stopwatch import Stopwatch

    console, watch = session.console, Stopwatch()
    name = session.declared().name
    try:
        aws = find(console, where, session.project()).aws
    except LocalError as error:  # what is not there needs no deletion
        console(error.problems[0].what)
        return
    banner(console)
    service(console, name, "delete")
    with watch.step("Deleting CloudFormation stack"):
        deletion = delete(name, aws, console, Extent(empty_buckets, purge, retain))
    show_durations(console, deletion.durations)
    _show_end(console, deletion)
    show_steps(console, name, watch)


def _show_end(console: Console, deletion: Deletion) -> None:
    if not deletion.existed:
        console("There is no stack to delete", StackName=deletion.stack_name)
        return
    for kept in deletion.retained:
        fields = {"Resource": kept.logical_id, "Type": kept.resource_type}
        console.warn("Kept by its deletion policy", **fields, Name=kept.physical_id)
    console("Stack deleted", StackName=deletion.stack_name, Kept=len(deletion.retained))
