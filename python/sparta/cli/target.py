"""Which AWS a command works on: said in the first line of its log, then reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sparta.cli.console import Console
    from sparta.cli.options import Where
    from sparta.deploy.aws import Aws
    from sparta.local.endpoint import Endpoint
    from sparta.template import Template

_LOCAL_REPOSITORY = "sparta-local"


@dataclass(frozen=True, slots=True)
class Target:
    """An AWS that answers.

    Args:
        aws: The AWS.
        endpoint: The local one; None on Amazon's.
    """

    aws: Aws
    endpoint: Endpoint | None = None

    @property
    def bucket(self) -> str:
        """The bucket that the local AWS has for code; empty on Amazon's."""
        return self.endpoint.bucket if self.endpoint else ""

    def repository(self) -> str:
        """Return the repository that the local AWS has for images, made if need be."""
        if self.endpoint is None:
            return ""
        if self.aws.repositories.find(_LOCAL_REPOSITORY) is None:
            self.aws.repositories.create(_LOCAL_REPOSITORY)
        return _LOCAL_REPOSITORY

    def reachable(self, outputs: Mapping[str, str]) -> dict[str, str]:
        """Return a stack's outputs with the URLs under which its APIs answer from here."""
        if self.endpoint is None:
            return dict(outputs)
        return {name: self.endpoint.reachable(value) for name, value in outputs.items()}

    def inert_notes(self, template: Template) -> tuple[str, ...]:
        """Return what the template asks for that the local AWS takes without doing it."""
        if self.endpoint is None:
            return ()
        from sparta.local.notes import inert_notes

        return inert_notes(template.resources)


def start(console: Console, where: Where, project: Path, *, iam: bool) -> Target:
    """Say which AWS it is, and return it; starts the local one if it does not run.

    Args:
        console: Where the log goes.
        where: What the user chose.
        project: The folder of `.sparta/`; each project has a local AWS of its own.
        iam: Whether the local one enforces roles.

    Raises:
        DeployError: There are no credentials, no region, or AWS does not accept them.
        LocalError: The local AWS cannot be started.
    """
    if not where.local:
        return _amazon(console, where)
    from sparta.local import daemon

    console("Local AWS", Project=project, EnforcesRoles=str(iam).lower())
    return _local(console, daemon.start(project, iam=iam, report=console))


def find(console: Console, where: Where, project: Path) -> Target:
    """As `start`, but a local AWS that does not run is an error: nothing is deployed there."""
    if not where.local:
        return _amazon(console, where)
    from sparta.local import daemon

    console("Local AWS", Project=project)
    endpoint = daemon.status(project)
    if endpoint is None:
        what = "The local AWS does not run, so nothing is deployed to it"
        raise LocalError(what, where=str(project), fix="Deploy to it by provision --local")
    return _local(console, endpoint)


def _amazon(console: Console, where: Where) -> Target:
    from sparta.deploy.aws import Aws

    aws = Aws.connect(region=where.region, profile=where.profile)
    identity = aws.identity()
    console("AWS", Account=identity.account, Region=identity.region, Identity=identity.arn)
    return Target(aws)


def _local(console: Console, endpoint: Endpoint) -> Target:
    from sparta.deploy.aws import Aws

    place = {"Endpoint": endpoint.url, "Account": endpoint.account, "Region": endpoint.region}
    console("Local AWS is ready", **place)
    return Target(Aws.connect(endpoint), endpoint)
