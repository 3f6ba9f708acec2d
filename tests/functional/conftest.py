"""A project of its own for each application under test: copied, used, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from tests.functional.docker_engine import docker_engine
from tests.unit.package.conftest import report

from sparta.local import daemon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    ProjectOf = Callable[..., "Project"]

__all__ = ["docker_engine", "report"]


class Project:
    """One application in a folder of its own, used through its command line."""

    def __init__(self, folder: Path, service: str) -> None:
        self.folder = folder
        self.service = service

    def run(self, *arguments: str, exit_code: int = 0) -> str:
        """Run `python app.py ...`; return what it printed, after checking its exit code."""
        return self._shown([sys.executable, "app.py", *arguments], exit_code)

    def sparta(self, *arguments: str, exit_code: int = 0) -> str:
        """Run `sparta ...`; return what it printed, after checking its exit code."""
        return self._shown([str(Path(sys.executable).with_name("sparta")), *arguments], exit_code)

    def _shown(self, command: list[str], exit_code: int) -> str:
        run = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=100,
            check=False,
        )
        assert run.returncode == exit_code, run.stdout
        return run.stdout

    def client(self, service: str) -> Any:
        """Return a boto3 client for this project's local AWS."""
        endpoint = daemon.status(self.folder)
        assert endpoint is not None
        make: Any = boto3.client
        return make(
            service,
            endpoint_url=endpoint.url,
            region_name=endpoint.region,
            aws_access_key_id=endpoint.access_key_id,
            aws_secret_access_key=endpoint.secret_access_key,
        )

    def stack(self) -> dict[str, Any]:
        """Return the stack as CloudFormation describes it."""
        described = self.client("cloudformation").describe_stacks(StackName=self.service)
        stack: dict[str, Any] = described["Stacks"][0]
        return stack

    def outputs(self) -> dict[str, str]:
        """Return the stack's outputs."""
        return {item["OutputKey"]: item["OutputValue"] for item in self.stack()["Outputs"]}


@pytest.fixture(scope="session")
def project_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ProjectOf]:
    """Return a function that copies an application's folder and gives it a local AWS."""
    made: list[Project] = []

    def copy(source: Path, service: str | None = None) -> Project:
        folder = tmp_path_factory.mktemp(source.name)
        ignore = shutil.ignore_patterns(".sparta", "__pycache__")
        shutil.copytree(source, folder, dirs_exist_ok=True, ignore=ignore)
        project = Project(folder, service or source.name.capitalize())
        made.append(project)
        return project

    try:
        yield copy
    finally:
        for project in made:
            daemon.stop(project.folder)
