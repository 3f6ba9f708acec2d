"""The calls to ECR that deployment needs, typed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparta.deploy.aws import asking, unless

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


@dataclass(frozen=True, slots=True)
class Repository:
    """An ECR repository.

    Args:
        name: Such as "shop/functions".
        uri: Registry and name, as docker takes it.
    """

    name: str
    uri: str


class Repositories:
    """ECR, as a deployment uses it.

    Args:
        client: ECR's client.
        registry: The registry's host and port where it is not the one that ECR names: the local
            AWS's. Empty on Amazon's.
        access_key_id: The local AWS's, which is also its registry's password.
    """

    def __init__(self, client: ECRClient, registry: str = "", access_key_id: str = "") -> None:
        self._client = client
        self._registry = registry
        self._access_key_id = access_key_id

    def find(self, name: str) -> Repository | None:
        """Return the repository of that name; None when there is none."""
        with asking(f"look up the ECR repository {name}"):
            answer = unless(
                "RepositoryNotFoundException",
                self._client.describe_repositories,
                repositoryNames=[name],
            )
        if answer is None:
            return None
        uri = answer["repositories"][0].get("repositoryUri", "")
        return Repository(name, f"{self._registry}/{name}" if self._registry else uri)

    def create(self, name: str) -> None:
        """Make a repository whose tags cannot be moved."""
        with asking(f"create the ECR repository {name}"):
            self._client.create_repository(repositoryName=name, imageTagMutability="IMMUTABLE")

    def holds(self, repository: Repository, tag: str) -> bool:
        """Return whether the repository has an image of that tag."""
        with asking(f"look for {repository.uri}:{tag}"):
            found = unless(
                "ImageNotFoundException",
                self._client.describe_images,
                repositoryName=repository.name,
                imageIds=[{"imageTag": tag}],
            )
        return bool(found and found["imageDetails"])

    def login(self) -> tuple[str, str]:
        """Return user and password for docker, good for twelve hours."""
        if self._registry:
            return "AWS", self._access_key_id
        with asking("give a login to ECR"):
            answer = self._client.get_authorization_token()
        token = answer["authorizationData"][0].get("authorizationToken", "")
        user, _, password = base64.b64decode(token).decode().partition(":")
        return user, password
