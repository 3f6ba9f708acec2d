"""The image of a plan: pushed to its ECR repository, under a tag made of its content."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.errors import BuildError, DeployError
from sparta.package.image.engine import docker

if TYPE_CHECKING:
    from sparta.deploy.aws import Aws
    from sparta.deploy.report import Report
    from sparta.deploy.repositories import Repository


@dataclass(frozen=True, slots=True)
class ImagePush:
    """One image for a repository.

    Args:
        reference: Its name in this machine's engine.
        tag: Its name in the repository, made of its content.
        repository: Where it goes.
    """

    reference: str
    tag: str
    repository: Repository

    @property
    def uri(self) -> str:
        """The image's URI, as Lambda takes it."""
        return f"{self.repository.uri}:{self.tag}"


def push(image: ImagePush, aws: Aws, report: Report) -> None:
    """Push the image; one that the repository has already is not sent again.

    Raises:
        DeployError: ECR refuses it, or docker cannot send it.
    """
    if aws.repositories.holds(image.repository, image.tag):
        report("Already in ECR", Image=image.uri)
        return
    report("Pushing image to ECR", Image=image.uri)
    user, password = aws.repositories.login()
    # The login is written to a folder of its own, so that nothing of it is left on this machine.
    with tempfile.TemporaryDirectory(prefix="sparta-docker-") as folder:
        registry = image.repository.uri.partition("/")[0]
        own = {"DOCKER_CONFIG": folder}
        try:
            docker(["login", f"--username={user}", "--password-stdin", registry], own, password)
            docker(["tag", image.reference, image.uri], own)
            docker(["push", image.uri], own)
        except BuildError as error:
            raise DeployError.of(error.problems) from error
